package dev.billingexport.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of one export, made from data that no longer changes. Safe for many threads, which may render different
 * files at once. Nothing is remembered between two reports: after a restart a new one over the same data writes the
 * same bytes.
 */
public final class Report {

    private final ReportHead head;
    private final ReportData data;
    private final ReportProperties properties;
    private final RatingProperties rating;
    private final Contents contents;
    private final @Nullable Amendments amendments;
    private @Nullable Figures figures;

    /** A report of data that nothing was reported of before. */
    public Report(ReportHead head, ReportData data, ReportProperties properties, RatingProperties rating) {
        this(head, data, properties, rating, null);
    }

    private Report(
            ReportHead head,
            ReportData data,
            ReportProperties properties,
            RatingProperties rating,
            @Nullable Amendments amendments) {
        this.head = head;
        this.data = data;
        this.properties = properties;
        this.rating = rating;
        this.amendments = amendments;
        this.contents = new Contents(head, data, properties, rating, amendments, this::figures);
    }

    /**
     * The same, with what it changes in a revision that was delivered before. Where that can't be read after all, the
     * report says so.
     *
     * @param scratch an empty folder that must stay for as long as the report is used
     * @throws IOException where files can't be read or written at all
     */
    public Report amending(int revision, DeliveredTables earlier, Path scratch) throws IOException {
        RevisionTables rendered =
                new RenderedTables(contents.files(), head.period().zone());
        try {
            return amending(Comparison.of(revision, earlier, rendered, scratch));
        } catch (DeliveredCsv.UnreadableException unreadable) {
            return amending(new Amendments.Unknown(revision, String.valueOf(unreadable.getMessage())));
        }
    }

    /** The same, with what was found that it changes in a revision that was delivered before. */
    public Report amending(Amendments changes) {
        return new Report(head, data, properties, rating, changes);
    }

    /** What it changes; empty where there is no earlier revision. */
    public Optional<Amendments> amendments() {
        return Optional.ofNullable(amendments);
    }

    /** The names of all files, such as {@code billing_2026-10.xlsx} and {@code sessions.csv}, in a fixed order. */
    public List<String> fileNames() {
        return List.copyOf(files().keySet());
    }

    /**
     * Writes one file into a folder, in place of an earlier one of that name. It gets its name only once it is whole
     * and flushed to the disk; until then there are only names with a leading dot, which the next attempt sweeps.
     *
     * @param fileName one of {@link #fileNames()}
     * @param folder an existing folder; no two threads may write the same file into it
     * @throws IOException where it could not be written; an earlier file of that name is then untouched
     * @throws IllegalArgumentException for any other file name
     */
    public RenderedFile render(String fileName, Path folder) throws IOException {
        PartFile.Content content = files().get(fileName);
        if (content == null) {
            throw new IllegalArgumentException("This report has no file " + fileName + ".");
        }
        return new PartFile(folder, fileName).write(content);
    }

    private Map<String, PartFile.Content> files() {
        Map<String, PartFile.Content> files = new LinkedHashMap<>();
        if (properties.formats().contains(Format.XLSX)) {
            WorkbookWriter workbook = new WorkbookWriter(
                    head, new Wording(properties.locale()), contents.reconciliation(), WorkbookWriter.ROW_LIMIT);
            files.put(
                    head.export() + "_" + head.period().label() + ".xlsx",
                    (out, temporary) -> workbook.write(figures(), contents.sheets(), out, temporary));
        }
        if (properties.formats().contains(Format.CSV)) {
            CsvWriter csv = new CsvWriter(head.period().zone(), properties.csv().formulaGuard());
            boolean gzip = properties.csv().gzip();
            for (Table<?> table : contents.files()) {
                files.put(
                        table.name() + (gzip ? ".csv.gz" : ".csv"),
                        (out, temporary) -> gzip ? csv.writeCompressed(table, out) : csv.write(table, out));
            }
        }
        if (properties.formats().contains(Format.HTML)) {
            HtmlWriter html =
                    new HtmlWriter(new HtmlPage(head, new Wording(properties.locale()), contents.reconciliation()));
            files.put("report.html", (out, temporary) -> html.write(figures(), out));
        }
        return files;
    }

    /** One pass for all files that need it. */
    private synchronized Figures figures() {
        if (figures == null) {
            figures = Figures.of(data, head.period(), contents.reconciliation(), Rating.of(rating))
                    .amending(amendments);
        }
        return figures;
    }
}
