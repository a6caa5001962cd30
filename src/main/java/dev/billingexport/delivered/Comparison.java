package dev.billingexport.delivered;

import static dev.billingexport.report.table.TableNames.CALL_DETAILS;
import static dev.billingexport.report.table.TableNames.RECORDINGS;
import static dev.billingexport.report.table.TableNames.SESSIONS;

import dev.billingexport.files.OwnerOnlyFile;
import dev.billingexport.files.Sha256;
import dev.billingexport.report.table.Amendments;
import dev.billingexport.report.table.ChargeChanges;
import dev.billingexport.report.table.Mask;
import dev.billingexport.report.table.RevisionTables;
import dev.billingexport.report.table.TableNames;
import dev.billingexport.report.table.TextRows;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.h2.mvstore.MVStore;

/**
 * Finds the differences between two revisions. Sessions are matched by id only, whatever their order or day. Unmatched
 * rows wait in memory and, if there are many, on disk.
 */
final class Comparison implements AutoCloseable {

    private static final String ID = "session_id";

    /** Columns of the details that repeat the session, which is compared itself. */
    private static final Set<String> OF_SESSION = Set.of(ID, "user_id", "app_type");

    private static final int CACHE_MEGABYTES = 16;
    private static final int MAX_SAMPLED_ROWS = 1_000;

    private final DeliveredTables earlier;
    private final RevisionTables later;
    private final MVStore store;

    private Comparison(DeliveredTables earlier, RevisionTables later, Path file) {
        this.earlier = earlier;
        this.later = later;
        this.store = new MVStore.Builder()
                .fileName(OwnerOnlyFile.name(file))
                .autoCommitDisabled()
                .cacheSize(CACHE_MEGABYTES)
                .open();
    }

    /** @param scratch an empty folder for the maps and for the rows that are found */
    static Amendments.Known of(int revision, DeliveredTables earlier, RevisionTables later, Path scratch)
            throws IOException {
        Path maps = scratch.resolve("comparison.mv");
        try (Comparison comparison = new Comparison(earlier, later, maps)) {
            return comparison.find().write(revision, comparison.charges(), scratch.resolve("amendments.csv"));
        } catch (NumberFormatException | DateTimeException foreign) {
            throw new UnreadableException(SESSIONS, "a number or a date is invalid: " + foreign.getMessage());
        } finally {
            Files.deleteIfExists(maps);
        }
    }

    private ChargeChanges charges() throws IOException {
        try (TextRows before = earlier.find(TableNames.CHARGES).orElse(null);
                TextRows after = later.find(TableNames.CHARGES).orElse(null)) {
            return DeliveredCharges.changes(before, after);
        }
    }

    private AmendedSessions find() throws IOException {
        Map<String, Unmatched<BigInteger>> details = Map.of(
                "call_details", differences(CALL_DETAILS),
                "recordings", differences(RECORDINGS));
        List<String> columns = commonColumns(SESSIONS);
        AmendedSessions amended = new AmendedSessions(columns, store);
        Unmatched<String[]> before = new Unmatched<>(store, "before");
        Unmatched<String[]> after = new Unmatched<>(store, "after");
        int id = columns.indexOf(ID);
        read(
                SESSIONS,
                columns,
                row -> {
                    String key = key(row.get(id));
                    String[] like = after.remove(key);
                    if (like == null) {
                        before.put(key, row.toArray(String[]::new));
                    } else {
                        amended.compare(row, List.of(like), differing(details, key));
                    }
                },
                row -> {
                    String key = key(row.get(id));
                    List<String> numbered = amended.number(row);
                    String[] like = before.remove(key);
                    if (like == null) {
                        after.put(key, numbered.toArray(String[]::new));
                    } else {
                        amended.compare(List.of(like), numbered, differing(details, key));
                    }
                });
        before.forEach(row -> amended.removed(List.of(row)));
        after.forEach(row -> amended.added(List.of(row)));
        return amended;
    }

    private static Predicate<String> differing(Map<String, Unmatched<BigInteger>> details, String key) {
        return column -> details.containsKey(column) && details.get(column).contains(key);
    }

    /**
     * Finds the sessions whose details of one kind differ. Each row is added for the later revision and subtracted for
     * the earlier one, so nothing remains where both have the same rows in any order.
     */
    private Unmatched<BigInteger> differences(String table) throws IOException {
        Unmatched<BigInteger> differences = new Unmatched<>(store, table);
        List<String> columns = commonColumns(table);
        int id = columns.indexOf(ID);
        read(
                table,
                columns,
                row -> add(key(row.get(id)), digest(columns, row).negate(), differences),
                row -> add(key(row.get(id)), digest(columns, row), differences));
        return differences;
    }

    private static void add(String key, BigInteger weight, Unmatched<BigInteger> differences) {
        BigInteger before = differences.remove(key);
        BigInteger sum = before == null ? weight : before.add(weight);
        if (sum.signum() != 0) {
            differences.put(key, sum);
        }
    }

    private BigInteger digest(List<String> columns, List<String> row) {
        List<String> values = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            if (!OF_SESSION.contains(columns.get(column))) {
                String value = NormalizedValue.of(columns.get(column), row.get(column));
                values.add(value.length() + " " + value);
            }
        }
        byte[] bytes = values.toString().getBytes(StandardCharsets.UTF_8);
        return new BigInteger(1, Sha256.digest().digest(bytes));
    }

    private String key(String sessionId) {
        return NormalizedValue.of(ID, sessionId);
    }

    /**
     * Leaves out columns that only one of two versions of this program has, and columns that are masked in only one
     * revision: they say nothing about the sessions.
     */
    private List<String> commonColumns(String table) throws IOException {
        try (TextRows before = earlier.open(table);
                TextRows after = later.open(table)) {
            List<String> columns = new ArrayList<>(after.columns());
            columns.retainAll(before.columns());
            Set<String> maskedBefore = masked(before);
            Set<String> maskedAfter = masked(after);
            columns.removeIf(column -> maskedBefore.contains(column) != maskedAfter.contains(column));
            return columns;
        }
    }

    /** A column is masked completely or not at all. Samples many rows, because a column may be empty in some. */
    private static Set<String> masked(TextRows rows) throws IOException {
        Set<String> masked = new HashSet<>();
        int left = MAX_SAMPLED_ROWS;
        for (List<String> row = rows.next(); row != null && left > 0; row = rows.next(), left--) {
            for (int column = 0; column < row.size(); column++) {
                if (Mask.isMask(row.get(column))) {
                    masked.add(rows.columns().get(column));
                }
            }
        }
        return masked;
    }

    /** Reads both tables alternately, because they are nearly equal, so few rows wait. */
    private void read(
            String table, List<String> columns, Consumer<List<String>> eachEarlier, Consumer<List<String>> eachLater)
            throws IOException {
        try (TextRows before = earlier.open(table);
                TextRows after = later.open(table)) {
            boolean more = true;
            while (more) {
                more = read(before, columns, eachEarlier) | read(after, columns, eachLater);
            }
        }
    }

    private static boolean read(TextRows rows, List<String> columns, Consumer<List<String>> consumer)
            throws IOException {
        List<String> row = rows.next();
        if (row != null) {
            List<String> names = rows.columns();
            consumer.accept(columns.stream()
                    .map(column -> row.get(names.indexOf(column)))
                    .toList());
        }
        return row != null;
    }

    /** Closes without saving, because the file is not used again. */
    @Override
    public void close() {
        store.closeImmediately();
    }
}
