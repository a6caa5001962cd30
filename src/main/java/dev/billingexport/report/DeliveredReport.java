package dev.billingexport.report;

import dev.billingexport.session.Filter;
import dev.billingexport.session.Period;
import dev.billingexport.session.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The files of a report, read back to see whether they agree: with what is claimed of them, and the workbook with the CSV
 * files. Nothing else is asked, neither the ledger nor the code that wrote them. Rows are streamed; only the ids of the
 * sessions are held in memory, about 70 bytes each.
 */
public final class DeliveredReport {

    /** In the order of the workbook's sheets. */
    static final List<String> TABLES = List.of(
            "users",
            "days",
            "sessions",
            "call-details",
            "recordings",
            "reconciliation",
            "charges",
            "amendments",
            "problems");

    static final Set<String> ALWAYS = Set.of("users", "days", "sessions", "call-details", "recordings");

    private static final List<String> DATES = List.of("trans_date", "connect_dt", "disconnect_dt");

    private static final String CSV = ".csv";
    private static final String AMENDMENTS = "amendments";

    private final Map<String, Path> files;
    private final SummaryTally summary = new SummaryTally();

    /** @param files where each file lies, by its name in the delivery; those that are missing are left out */
    public DeliveredReport(Map<String, Path> files) {
        this.files = Map.copyOf(files);
    }

    /**
     * What is said of the files.
     *
     * @param head what the report is about; without a share
     * @param listingSha256 of the session ids, sorted, one a line; lower-case hexadecimal
     * @param changes how many sessions the revision changes in an earlier one; null where nothing is said of that
     * @param rows of each file, by its name
     */
    public record Claims(
            ReportHead head,
            Usage total,
            long problems,
            String listingSha256,
            @Nullable SortedMap<Amendment.Change, Long> changes,
            Map<String, Long> rows) {

        /** Whether a table belongs to every report of that kind. */
        private boolean ask(String table) {
            return ALWAYS.contains(table)
                    || problems > 0 && table.equals("problems")
                    || changes != null && table.equals(AMENDMENTS);
        }
    }

    /**
     * Reads everything.
     *
     * @return every difference, in words, the file's name first; empty where all agrees
     * @throws IOException where a file can't be read at all
     */
    public List<String> differences(Claims claims) throws IOException {
        List<String> found = new ArrayList<>();
        Map<String, DeliveredWorkbook.Table> tables = new LinkedHashMap<>();
        for (String name :
                files.keySet().stream().filter(DeliveredCsv::isCsv).sorted().toList()) {
            Differences differences = new Differences(name);
            DeliveredCsv csv = DeliveredCsv.of(name, path(name));
            DeliveredWorkbook.Table twin = tables.get(csv.table());
            if (twin != null) {
                differences.add("the table is in " + twin.csv().name() + " as well");
            } else {
                read(csv, claims, differences)
                        .ifPresent(sums -> tables.put(csv.table(), new DeliveredWorkbook.Table(csv, sums)));
            }
            found.addAll(differences.list());
        }
        if (!tables.isEmpty()) {
            requireAll(tables.keySet(), claims, found);
            for (String name : files.keySet().stream()
                    .filter(DeliveredReport::isWorkbook)
                    .sorted()
                    .toList()) {
                found.addAll(compare(name, claims, tables));
            }
            found.addAll(compareShares(claims, tables));
        }
        return found;
    }

    /** Where there is one CSV file, there are all that always belong to it. */
    private void requireAll(Set<String> tables, Claims claims, List<String> found) {
        TABLES.stream()
                .filter(claims::ask)
                .filter(table -> !tables.contains(table)
                        && Stream.of(files, claims.rows())
                                .flatMap(named -> named.keySet().stream())
                                .noneMatch(name -> name.startsWith(table + CSV)))
                .forEach(table -> found.add(table + CSV + ": it is missing, and no manifest names it"));
    }

    private static void requireColumns(String table, List<String> columns, Differences differences) {
        if (!TABLES.contains(table)) {
            differences.add("there is no such table");
        } else if (!columns.equals(Tables.empty(table).names())) {
            differences.add("its columns are not those of " + table + ": " + String.join(", ", columns));
        }
    }

    /** What places a session in a period: the first of its dates that there is. */
    static Optional<String> date(UnaryOperator<String> session) {
        return DATES.stream().map(session).filter(time -> !time.isEmpty()).findFirst();
    }

    /** Only sessions of the period are billed. */
    private static void requireDate(CSVRecord session, Period period, Differences differences) {
        date(session::get)
                .filter(date -> !period.contains(OffsetDateTime.parse(date).toInstant()))
                .ifPresent(date -> differences.addRow(
                        "row " + session.getRecordNumber() + " is not of the period: its date is " + date));
    }

    private Optional<DeliveredCsv.Sums> read(DeliveredCsv csv, Claims claims, Differences differences)
            throws IOException {
        String table = csv.table();
        List<String> ids = new ArrayList<>();
        SortedMap<Amendment.Change, Long> changes = Amendment.Change.none();
        try {
            boolean sessions = table.equals("sessions");
            boolean amendments = table.equals(AMENDMENTS);
            DeliveredCsv.Sums sums = csv.sums(row -> {
                summary.add(table, row::get);
                if (sessions) {
                    ids.add(row.get(0));
                    requireDate(row, claims.head().period(), differences);
                } else if (amendments) {
                    changes.merge(Amendment.Change.ofCode(row.get("change")), 1L, Long::sum);
                }
            });
            differences.expect("rows", claims.rows().getOrDefault(csv.name(), -1L), sums.rows());
            requireColumns(table, sums.columns(), differences);
            new ClaimedTotals(claims, differences).check(table, sums);
            if (amendments) {
                differences.expect("changes", claims.changes() == null ? "nothing" : claims.changes(), changes);
            }
            if (sessions) {
                differences.expect("fingerprint of the session ids", claims.listingSha256(), fingerprint(ids));
            }
            return Optional.of(sums);
        } catch (DeliveredCsv.UnreadableException e) {
            differences.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private List<String> compare(String name, Claims claims, Map<String, DeliveredWorkbook.Table> tables)
            throws IOException {
        Differences differences = new Differences(name);
        List<DeliveredWorkbook.Table> inOrder =
                TABLES.stream().filter(tables::containsKey).map(tables::get).toList();
        if (!isComplete(claims, tables)) {
            differences.add("it was not compared, for a CSV file is missing or can't be read");
        } else {
            try {
                long rows = new DeliveredWorkbook(path(name), claims.head(), summary, differences).compare(inOrder);
                differences.expect("rows", claims.rows().getOrDefault(name, -1L), rows);
            } catch (DeliveredCsv.UnreadableException e) {
                differences.add(String.valueOf(e.getMessage()));
            }
        }
        return differences.list();
    }

    private List<String> compareShares(Claims claims, Map<String, DeliveredWorkbook.Table> tables) throws IOException {
        List<String> found = new ArrayList<>();
        if (isComplete(claims, tables)) {
            Map<Filter.Field, Map<String, Path>> split = new EnumMap<>(Filter.Field.class);
            files.forEach((name, path) -> {
                Filter.Field by = DeliveredShares.by(name);
                if (by != null) {
                    split.computeIfAbsent(by, any -> new TreeMap<>()).put(name, path);
                }
            });
            for (Map.Entry<Filter.Field, Map<String, Path>> each : split.entrySet()) {
                found.addAll(new DeliveredShares(claims.head(), each.getKey(), tables)
                        .differences(each.getValue(), claims.rows()));
            }
        }
        return found;
    }

    /** Whether every CSV file is there and could be read: a workbook's sheets are known by their order alone. */
    private boolean isComplete(Claims claims, Map<String, DeliveredWorkbook.Table> tables) {
        return Stream.of(files, claims.rows())
                .flatMap(named -> named.keySet().stream())
                .filter(DeliveredCsv::isCsv)
                .allMatch(name -> files.containsKey(name)
                        && tables.containsKey(DeliveredCsv.of(name, path(name)).table()));
    }

    private Path path(String name) {
        Path path = files.get(name);
        if (path == null) {
            throw new IllegalArgumentException("There is no file " + name);
        }
        return path;
    }

    /** The one with all rows; those in folders below are of a part of them. */
    private static boolean isWorkbook(String name) {
        return name.endsWith(".xlsx") && name.indexOf('/') < 0;
    }

    private static String fingerprint(List<String> ids) {
        MessageDigest digest = Sha256.digest();
        ids.replaceAll(DeliveredCell::unguarded);
        ids.sort(null);
        ids.forEach(id -> digest.update((id + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }
}
