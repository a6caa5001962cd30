package dev.billingexport.delivered;

import dev.billingexport.report.table.Amendment;
import dev.billingexport.report.table.TableNames;
import dev.billingexport.session.Period;
import dev.billingexport.session.Usage;
import dev.billingexport.text.CsvText;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a delivered report's files and checks that they add up to the stated totals. Uses neither the ledger nor the
 * code that wrote the files. Streams the rows.
 */
final class DeliveredReport {

    private final SortedMap<String, Path> files;
    private final Path scratch;

    /**
     * @param files path of each file by its name in the delivery; missing files are left out
     * @param scratch a local folder for data that exceeds the memory
     */
    DeliveredReport(Map<String, Path> files, Path scratch) {
        this.files = new TreeMap<>(files);
        this.scratch = scratch;
    }

    /**
     * What the manifest states about the files.
     *
     * @param listingSha256 SHA-256 of the session ids, sorted, one a line; lower-case hexadecimal
     * @param changes number of sessions by kind of change; null where nothing is stated
     * @param charges total by currency; null where nothing is stated
     * @param rows of each file, by its name
     * @param columns of each CSV file, by its name
     */
    record Claims(
            Period period,
            Usage total,
            long problems,
            String listingSha256,
            @Nullable SortedMap<Amendment.Change, Long> changes,
            @Nullable SortedMap<String, BigDecimal> charges,
            CsvLayout layout,
            Map<String, Long> rows,
            Map<String, List<String>> columns) {}

    /**
     * Reads all files.
     *
     * @return text for each difference, beginning with the file's name; empty where all agrees
     * @throws IOException if a file can't be read at all
     */
    List<String> differences(Claims claims) throws IOException {
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            Differences differences = new Differences(file.getKey());
            try {
                if (DeliveredCsv.isCsv(file.getKey())) {
                    compareCsv(file.getKey(), file.getValue(), claims, differences);
                } else if (file.getKey().endsWith(".xlsx")) {
                    expectRows(claims, file.getKey(), WorkbookRows.count(file.getKey(), file.getValue()), differences);
                }
            } catch (UnreadableException e) {
                found.add(String.valueOf(e.getMessage()));
            }
            found.addAll(differences.list());
        }
        if (hasTable(TableNames.SESSIONS)) {
            if (claims.problems() > 0 && !hasTable(TableNames.PROBLEMS)) {
                found.add("problems.csv: it is missing, although the manifest states problems: " + claims.problems());
            }
            if (claims.charges() != null && !claims.charges().isEmpty() && !hasTable(TableNames.CHARGES)) {
                found.add(
                        "charges.csv: it is missing, although the manifest states charges: " + plain(claims.charges()));
            }
        }
        return found;
    }

    private boolean hasTable(String table) {
        return files.keySet().stream()
                .anyMatch(name ->
                        DeliveredCsv.isCsv(name) && DeliveredCsv.table(name).equals(table));
    }

    private void compareCsv(String name, Path file, Claims claims, Differences differences) throws IOException {
        String table = DeliveredCsv.table(name);
        try (DeliveredCsv csv = new DeliveredCsv(name, file, claims.layout());
                ListingFingerprint ids = new ListingFingerprint(scratch)) {
            List<String> columns = csv.columns();
            requireColumns(claims, name, columns, differences);
            ClaimedSums sums = new ClaimedSums(name, columns, claims.total());
            ChargeSums charges = new ChargeSums(name, columns);
            SortedMap<Amendment.Change, Long> changes = Amendment.Change.none();
            int id = columns.indexOf("session_id");
            int change = columns.indexOf("change");
            for (List<String> row = csv.next(); row != null; row = csv.next()) {
                sums.add(row, csv.number());
                if (table.equals(TableNames.SESSIONS) && id >= 0) {
                    ids.add(CsvText.unguarded(row.get(id)));
                    requireDate(columns, row, csv.number(), claims.period(), differences);
                } else if (table.equals(TableNames.AMENDMENTS) && change >= 0) {
                    changes.merge(change(name, row.get(change)), 1L, Long::sum);
                } else if (table.equals(TableNames.CHARGES)) {
                    charges.add(row, csv.number());
                }
            }
            expectRows(claims, name, csv.number(), differences);
            expectCount(claims, table, csv.number(), differences);
            sums.compare(differences);
            if (table.equals(TableNames.CHARGES) && claims.charges() != null) {
                differences.expect("charges", plain(claims.charges()), plain(charges.byCurrency()));
            }
            if (table.equals(TableNames.AMENDMENTS)) {
                differences.expect("changes", claims.changes() == null ? "nothing" : claims.changes(), changes);
            } else if (table.equals(TableNames.SESSIONS)) {
                differences.expect("fingerprint of the session ids", claims.listingSha256(), ids.sha256());
            }
        }
    }

    private static String plain(SortedMap<String, BigDecimal> charges) {
        return charges.entrySet().stream()
                .filter(charge -> charge.getValue().signum() != 0)
                .map(charge -> charge.getValue().stripTrailingZeros().toPlainString() + " " + charge.getKey())
                .collect(Collectors.joining(", "));
    }

    private static void requireColumns(Claims claims, String name, List<String> columns, Differences differences) {
        List<String> claimed = claims.columns().get(name);
        if (claimed == null) {
            differences.add("the manifest doesn't state its columns");
        } else if (!columns.equals(claimed)) {
            differences.add("its columns are not those that the manifest names: " + String.join(", ", columns));
        }
    }

    private static void expectRows(Claims claims, String name, long rows, Differences differences) {
        differences.expect("rows", claims.rows().getOrDefault(name, -1L), rows);
    }

    /** Compares a table's number of rows with the totals. */
    private static void expectCount(Claims claims, String table, long rows, Differences differences) {
        switch (table) {
            case TableNames.SESSIONS ->
                differences.expect("sessions", claims.total().sessions(), rows);
            case TableNames.CALL_DETAILS ->
                differences.expect("call details", claims.total().callDetails(), rows);
            case TableNames.RECORDINGS ->
                differences.expect("recordings", claims.total().recordings(), rows);
            case TableNames.PROBLEMS -> differences.expect("problems", claims.problems(), rows);
            default -> {}
        }
    }

    private static Amendment.Change change(String name, String code) {
        try {
            return Amendment.Change.ofCode(code);
        } catch (IllegalArgumentException e) {
            throw new UnreadableException(name, "there is no such change: " + e.getMessage());
        }
    }

    /** Only sessions of the period are billed. The first date that a session has decides. */
    private static void requireDate(
            List<String> columns, List<String> row, long number, Period period, Differences differences) {
        Stream.of("trans_date", "connect_dt", "disconnect_dt")
                .filter(columns::contains)
                .map(column -> row.get(columns.indexOf(column)))
                .filter(time -> !time.isEmpty())
                .findFirst()
                .filter(date -> !isOf(period, date))
                .ifPresent(date -> differences.addRow("row " + number + " is not in the period: its date is " + date));
    }

    private static boolean isOf(Period period, String date) {
        try {
            return period.contains(OffsetDateTime.parse(date).toInstant());
        } catch (DateTimeException e) {
            return false;
        }
    }
}
