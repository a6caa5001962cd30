package dev.billingexport.report;

import dev.billingexport.report.csv.CsvWriter;
import dev.billingexport.report.html.HtmlWriter;
import dev.billingexport.report.rating.Amounts;
import dev.billingexport.report.rating.Charges;
import dev.billingexport.report.rating.Tariff;
import dev.billingexport.report.table.Alerts;
import dev.billingexport.report.table.Amendments;
import dev.billingexport.report.table.Contents;
import dev.billingexport.report.table.CustomerData;
import dev.billingexport.report.table.Figures;
import dev.billingexport.report.table.Language;
import dev.billingexport.report.table.Rated;
import dev.billingexport.report.table.Reconciliation;
import dev.billingexport.report.table.ReportData;
import dev.billingexport.report.table.ReportHead;
import dev.billingexport.report.table.RevisionTables;
import dev.billingexport.report.table.StatementHead;
import dev.billingexport.report.table.Table;
import dev.billingexport.report.table.Wording;
import dev.billingexport.report.xlsx.WorkbookWriter;
import dev.billingexport.session.Filter;
import dev.billingexport.session.SessionDetails;
import dev.billingexport.session.Share;
import dev.billingexport.session.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/**
 * Renders the files of one export from data that no longer changes. Thread-safe: threads may render different files at
 * once. Keeps no state across restarts: a new report of the same data writes the same bytes.
 */
public final class Report {

    private final ReportHead head;
    private final ReportData data;
    private final ReportProperties properties;
    private final @Nullable Tariff tariff;
    private final Wording wording;
    private final Contents contents;
    private final @Nullable Amendments amendments;

    /** Computed once for all files that need it. */
    private final SingletonSupplier<Figures> figures;

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
        this.head = head;
        this.data = data;
        this.properties = properties;
        this.tariff = tariff;
        this.amendments = amendments;
        this.wording = new Wording(properties.locale());
        this.figures = SingletonSupplier.of(
                () -> Figures.of(data, head.period(), reconciliation(), tariff).amending(amendments));
        this.contents = new Contents(head, data, properties.tolerance(), tariff, amendments, figures::obtain);
        this.renderings = SingletonSupplier.of(this::renderings);
    }

    /** Returns the sessions and their details as in the CSV files, without the marks of the formula guard. */
    public RevisionTables tables() {
        return new RenderedTables(contents.files(), head.period().zone());
    }

    /** Returns the same report, with its changes against an earlier revision. */
    public Report amending(Amendments changes) {
        return new Report(head, data, properties, tariff, changes);
    }

    /** Returns the changes; empty where there is no earlier revision. */
    public Optional<Amendments> amendments() {
        return Optional.ofNullable(amendments);
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
        return figures.obtain().usage().total();
    }

    /** Returns the total charges by currency; empty where rating is off. */
    public SortedMap<String, BigDecimal> charges() {
        SortedMap<String, BigDecimal> charges = new TreeMap<>();
        Rated rated = figures.obtain().rated();
        if (rated != null) {
            Amounts total = rated.totals().total();
            total.currencies().forEach(currency -> charges.put(currency.getCurrencyCode(), total.in(currency)));
        }
        return charges;
    }

    /** Returns the columns of a CSV file, by its name; empty for other files. */
    public List<String> columns(String fileName) {
        CsvWriter csv = new CsvWriter(head.period().zone(), properties.csv());
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

    private Map<String, Rendering> renderings() {
        List<Rendering> all = new ArrayList<>();
        boolean workbooks = properties.formats().contains(Format.XLSX);
        if (workbooks) {
            all.add(Rendering.of(
                    head.export() + "_" + head.period().label() + ".xlsx",
                    file -> workbook(contents).write(file.out(), file.temporary())));
        }
        if (properties.formats().contains(Format.CSV)) {
            addCsv(all);
        }
        if (properties.formats().contains(Format.HTML)) {
            all.add(Rendering.of("report.html", file -> new HtmlWriter(contents.summary(wording)).write(file.out())));
        }
        if (workbooks) {
            addShares(all);
        }
        Map<String, Rendering> byFile = new LinkedHashMap<>();
        all.forEach(rendering -> rendering.names().forEach(name -> byFile.put(name, rendering)));
        return byFile;
    }

    private void addCsv(List<Rendering> all) {
        CsvWriter csv = new CsvWriter(head.period().zone(), properties.csv());
        List<Table<?>> tables = contents.files();
        List<Table<?>> ofSessions =
                tables.stream().filter(table -> table.ofSession() != null).toList();
        for (Table<?> table : tables) {
            if (table.ofSession() == null) {
                all.add(Rendering.of(csv.fileName(table), file -> csv.write(table, file.out())));
            } else if (table.equals(ofSessions.get(0))) {
                all.add(new Rendering(
                        ofSessions.stream().map(csv::fileName).toList(),
                        files -> csv.write(
                                ofSessions,
                                data,
                                files.stream().map(PartFile::out).toList())));
            }
        }
    }

    private void addShares(List<Rendering> all) {
        Filter.Field by = properties.splitBy().field();
        if (by != null) {
            for (Share share : data.shares(by)) {
                all.add(workbook(ShareFile.name(share), () -> contents(share)));
            }
        } else if (properties.splitBy() == SplitBy.CUSTOMER) {
            // Prepares the data for reading single users.
            data.shares(Filter.Field.USER_ID);
            for (String customer : rated().charges().customerNames()) {
                all.add(workbook(ShareFile.name(StatementHead.CUSTOMER, customer), () -> statement(customer)));
            }
        }
    }

    private Rendering workbook(String name, Supplier<Contents> tables) {
        return Rendering.of(name, file -> workbook(tables.get()).write(file.out(), file.temporary()));
    }

    private Rated rated() {
        return Objects.requireNonNull(figures.obtain().rated(), "customers come with prices");
    }

    private Contents statement(String customer) {
        Rated whole = rated();
        ReportData rows = new CustomerData(data, whole.charges(), customer);
        Figures sums = Figures.ofShare(rows, head.period(), reconciliation(), figures.obtain())
                .rated(whole.only(whole.charges().rows(customer)));
        return new Contents(
                head,
                rows,
                properties.tolerance(),
                tariff,
                null,
                () -> sums,
                new StatementHead(StatementHead.CUSTOMER, customer));
    }

    private WorkbookWriter workbook(Contents tables) {
        return new WorkbookWriter(tables, wording, WorkbookWriter.ROW_LIMIT);
    }

    /**
     * Returns the contents of a split's workbook, computed at once because they are used once. Amendments are left out:
     * a changed or removed session may have belonged to another split before.
     */
    private Contents contents(Share share) {
        ReportHead own = head.of(share);
        ReportData rows = data.of(share);
        Figures whole = figures.obtain();
        Rated rated = rated(share, rows, whole.rated());
        Figures sums =
                Figures.ofShare(rows, head.period(), reconciliation(), whole).rated(rated);
        StatementHead statement =
                share.by() == Filter.Field.USER_ID ? new StatementHead(StatementHead.USER, share.value()) : null;
        return new Contents(
                own, rows, properties.tolerance(), rated == null ? null : rated.tariff(), null, () -> sums, statement);
    }

    /** A room's sessions are only a part of each user's, so minimums and tiers can't be applied to them. */
    private static @Nullable Rated rated(Share share, ReportData rows, @Nullable Rated whole) {
        if (whole == null) {
            return null;
        }
        if (share.by() == Filter.Field.USER_ID) {
            return whole.only(whole.charges().ofUser(share.value()));
        }
        if (whole.tariff().isListed()) {
            return null;
        }
        Charges ofRoom = new Charges(whole.tariff().withoutMinimum());
        try (Stream<SessionDetails> sessions = rows.details()) {
            sessions.forEachOrdered(ofRoom::add);
        }
        return Rated.of(ofRoom, rows);
    }

    private Reconciliation reconciliation() {
        return contents.reconciliation();
    }
}
