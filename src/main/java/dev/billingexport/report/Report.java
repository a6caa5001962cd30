package dev.billingexport.report;

import dev.billingexport.session.Filter;
import dev.billingexport.session.Share;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

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
    private final Wording wording;
    private final Contents contents;
    private final @Nullable Amendments amendments;

    /** One pass for all files that need it. */
    private final SingletonSupplier<Figures> figures;

    private final SingletonSupplier<Map<String, PartFile.Content>> files;

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
        this.wording = new Wording(properties.locale());
        this.figures = SingletonSupplier.of(() -> figures(head, data).amending(amendments));
        this.contents = new Contents(head, data, properties, rating, amendments, figures::obtain);
        this.files = SingletonSupplier.of(this::files);
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

    /**
     * The names of all files, such as {@code billing_2026-10.xlsx}, {@code sessions.csv} and
     * {@code by-user_id/U-1001.xlsx}, in a fixed order.
     */
    public List<String> fileNames() {
        return List.copyOf(files.obtain().keySet());
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
        PartFile.Content content = files.obtain().get(fileName);
        if (content == null) {
            throw new IllegalArgumentException("This report has no file " + fileName + ".");
        }
        return new PartFile(folder, fileName).write(content);
    }

    private Map<String, PartFile.Content> files() {
        Map<String, PartFile.Content> all = new LinkedHashMap<>();
        boolean workbooks = properties.formats().contains(Format.XLSX);
        if (workbooks) {
            all.put(head.export() + "_" + head.period().label() + ".xlsx", workbook(contents));
        }
        if (properties.formats().contains(Format.CSV)) {
            putCsv(all);
        }
        if (properties.formats().contains(Format.HTML)) {
            HtmlWriter html = new HtmlWriter(new HtmlPage(head, wording, contents.reconciliation()));
            all.put("report.html", (out, temporary) -> html.write(figures.obtain(), out));
        }
        if (workbooks) {
            putShares(all);
        }
        return all;
    }

    private void putCsv(Map<String, PartFile.Content> all) {
        CsvWriter csv = new CsvWriter(head.period().zone(), properties.csv().formulaGuard());
        boolean gzip = properties.csv().gzip();
        for (Table<?> table : contents.files()) {
            all.put(
                    table.name() + (gzip ? ".csv.gz" : ".csv"),
                    (out, temporary) -> gzip ? csv.writeCompressed(table, out) : csv.write(table, out));
        }
    }

    private void putShares(Map<String, PartFile.Content> all) {
        Filter.Field by = properties.splitBy().field();
        if (by != null) {
            for (Share share : data.shares(by)) {
                all.put(
                        ShareFile.name(share),
                        (out, temporary) -> workbook(contents(share)).write(out, temporary));
            }
        }
    }

    private PartFile.Content workbook(Contents tables) {
        return new WorkbookWriter(tables, wording, WorkbookWriter.ROW_LIMIT)::write;
    }

    /**
     * What is in a share's workbook; added up at once, for nobody else needs it. What was changed or removed may have been
     * another share's before, so that is told of the whole alone.
     */
    private Contents contents(Share share) {
        ReportHead own = head.of(share);
        ReportData rows = data.of(share);
        Figures sums = figures(own, rows);
        return new Contents(own, rows, properties, rating, null, () -> sums);
    }

    private Figures figures(ReportHead about, ReportData rows) {
        return Figures.of(rows, head.period(), contents.reconciliation(), Rating.of(rating, about.share()));
    }
}
