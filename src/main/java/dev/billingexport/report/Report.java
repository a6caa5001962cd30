package dev.billingexport.report;

import dev.billingexport.report.csv.CsvWriter;
import dev.billingexport.report.rating.Amounts;
import dev.billingexport.report.rating.Tariff;
import dev.billingexport.report.table.Alerts;
import dev.billingexport.report.table.Amendments;
import dev.billingexport.report.table.Contents;
import dev.billingexport.report.table.Figures;
import dev.billingexport.report.table.Language;
import dev.billingexport.report.table.Rated;
import dev.billingexport.report.table.Reconciliation;
import dev.billingexport.report.table.ReportData;
import dev.billingexport.report.table.ReportHead;
import dev.billingexport.report.table.RevisionTables;
import dev.billingexport.report.table.Table;
import dev.billingexport.report.table.Wording;
import dev.billingexport.session.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/**
 * Renders the files of one export from data that no longer changes. Thread-safe: threads may render different files at
 * once. Keeps no state across restarts: a new report of the same data writes the same bytes.
 */
public final class Report {

    private final Contents contents;
    private final ReportProperties properties;

    /** By the names of all files. */
    private final SingletonSupplier<Map<String, Rendering>> renderings;

    /** Creates a report without an earlier revision. */
    public Report(ReportHead head, ReportData data, ReportProperties properties, @Nullable Tariff tariff) {
        this(head, data, properties, tariff, null);
    }

    private Report(
            ReportHead head,
            ReportData data,
            ReportProperties properties,
            @Nullable Tariff tariff,
            @Nullable Amendments amendments) {
        Reconciliation reconciliation = new Reconciliation(head.period().end(), properties.tolerance());
        // Computed once for all files that need them.
        SingletonSupplier<Figures> figures = SingletonSupplier.of(
                () -> Figures.of(data, head.period(), reconciliation, tariff).amending(amendments));
        this.contents = new Contents(head, data, reconciliation, tariff, amendments, figures::obtain);
        this.properties = properties;
        this.renderings = SingletonSupplier.of(() -> new Renderings(contents, properties).byName());
    }

    /** Returns the sessions and their details as in the CSV files, without the marks of the formula guard. */
    public RevisionTables tables() {
        return new RenderedTables(contents.files(), contents.head().period().zone());
    }

    /** Returns the same report, with its changes against an earlier revision. */
    public Report amending(Amendments changes) {
        return new Report(contents.head(), contents.data(), properties, contents.tariff(), changes);
    }

    /** Returns the changes; empty where there is no earlier revision. */
    public Optional<Amendments> amendments() {
        return Optional.ofNullable(contents.amendments());
    }

    /**
     * Returns warnings to read before the bill is sent, one or two sentences each. They are in English, whatever the
     * report's language.
     */
    public List<String> warnings() {
        Wording english = new Wording(Language.EN);
        Alerts alerts = contents.summary(english).alerts();
        List<String> warnings = new ArrayList<>();
        alerts.warnings().forEach(warning -> warnings.add(warning.fact() + " " + warning.advice()));
        if (alerts.texts() != null) {
            warnings.add(
                    alerts.texts().label() + ": " + english.whole(alerts.texts().count()) + ".");
        }
        return warnings;
    }

    /** Returns the sum of all sessions. */
    public Usage total() {
        return contents.figures().get().usage().total();
    }

    /** Returns the total charges by currency; empty where rating is off. */
    public SortedMap<String, BigDecimal> charges() {
        SortedMap<String, BigDecimal> charges = new TreeMap<>();
        Rated rated = contents.figures().get().rated();
        if (rated != null) {
            Amounts total = rated.totals().total();
            total.currencies().forEach(currency -> charges.put(currency.getCurrencyCode(), total.in(currency)));
        }
        return charges;
    }

    /** Returns the columns of a CSV file, by its name; empty for other files. */
    public List<String> columns(String fileName) {
        CsvWriter csv = new CsvWriter(contents.head().period().zone(), properties.csv());
        return contents.files().stream()
                .filter(table -> csv.fileName(table).equals(fileName))
                .findFirst()
                .map(Table::names)
                .orElse(List.of());
    }

    /**
     * Returns the names of all files, such as {@code billing_2026-10.xlsx}, {@code sessions.csv} and {@code
     * by-user_id/U-1001.xlsx}, in a fixed order. Files that one pass over the sessions writes are in one list.
     */
    public List<List<String>> passes() {
        return renderings.obtain().values().stream()
                .map(Rendering::names)
                .distinct()
                .toList();
    }

    /**
     * Writes a file and the other files of its pass into a folder, replacing earlier ones. Files get their names when
     * they are complete and flushed; until then they have names with a leading dot, which the next attempt removes.
     *
     * @param fileName one of {@link #passes()}
     * @param folder an existing folder; two threads must not write the same pass into it
     * @throws IOException if writing fails; earlier files are then unchanged
     * @throws IllegalArgumentException for an unknown file name
     */
    public List<RenderedFile> render(String fileName, Path folder) throws IOException {
        Rendering rendering = renderings.obtain().get(fileName);
        if (rendering == null) {
            throw new IllegalArgumentException("This report has no file " + fileName + ".");
        }
        return rendering.into(folder);
    }
}
