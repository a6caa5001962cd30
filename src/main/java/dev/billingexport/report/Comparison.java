package dev.billingexport.report;

import static dev.billingexport.report.DeliveredTables.CALL_DETAILS;
import static dev.billingexport.report.DeliveredTables.RECORDINGS;
import static dev.billingexport.report.DeliveredTables.SESSIONS;

import dev.billingexport.files.OwnerOnlyFile;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * Finds what differs between two revisions. Sessions are matched by their ids alone, whatever order or day they are in,
 * so that all of one revision must be at hand while the other is read: they lie in sorted maps on the disk, of which a
 * few megabytes are in memory.
 */
final class Comparison implements AutoCloseable {

    private static final String ID = "session_id";

    /** In the rows of a session's details they are the session's own, which is compared itself. */
    private static final Set<String> OF_SESSION = Set.of(ID, "user_id", "app_type");

    private static final int CACHE_MEGABYTES = 16;
    /** Changes of the maps that wait in memory. */
    private static final int MOST_UNSAVED = 5_000;

    private final RevisionTables earlier;
    private final RevisionTables later;
    private final Likeness likeness;
    private final MVStore store;
    private int unsaved;

    private Comparison(RevisionTables earlier, RevisionTables later, Path file) {
        ZoneId zone = earlier.sheetZone();
        this.earlier = earlier;
        this.later = later;
        this.likeness = new Likeness(zone == null ? later.sheetZone() : zone);
        this.store = new MVStore.Builder()
                .fileName(OwnerOnlyFile.name(file))
                .autoCommitDisabled()
                .cacheSize(CACHE_MEGABYTES)
                .open();
    }

    /** @param scratch an empty folder, for the maps, and for the rows that are found */
    static Amendments.Known of(int revision, RevisionTables earlier, RevisionTables later, Path scratch)
            throws IOException {
        Path maps = scratch.resolve("comparison.mv");
        try (Comparison comparison = new Comparison(earlier, later, maps)) {
            return comparison.find().write(revision, scratch.resolve("amendments.csv"));
        } catch (NumberFormatException | DateTimeException foreign) {
            throw new DeliveredCsv.UnreadableException(
                    "A session has a figure or a date that is none: " + foreign.getMessage());
        } finally {
            Files.deleteIfExists(maps);
        }
    }

    private AmendedSessions find() throws IOException {
        Map<String, MVMap<String, BigInteger>> details = Map.of(
                "call_details", differences(CALL_DETAILS),
                "recordings", differences(RECORDINGS));
        List<String> columns = commonColumns(SESSIONS);
        AmendedSessions amended = new AmendedSessions(columns, likeness, store.openMap("amended"));
        MVMap<String, String[]> unmatched = store.openMap(SESSIONS);
        int id = columns.indexOf(ID);
        read(earlier, SESSIONS, columns, row -> unmatched.put(key(row.get(id)), row.toArray(String[]::new)));
        read(later, SESSIONS, columns, row -> {
            String key = key(row.get(id));
            String[] before = unmatched.remove(key);
            if (before == null) {
                amended.added(row);
            } else {
                amended.compare(
                        List.of(before),
                        row,
                        name -> details.containsKey(name) && details.get(name).containsKey(key));
            }
        });
        unmatched.values().forEach(row -> {
            amended.removed(List.of(row));
            save();
        });
        return amended;
    }

    /**
     * The sessions whose details of one kind differ. Each row counts for the later revision and against the earlier
     * one, so that nothing is left where both have the same rows, in whatever order.
     */
    private MVMap<String, BigInteger> differences(String table) throws IOException {
        MVMap<String, BigInteger> differences = store.openMap(table);
        List<String> columns = commonColumns(table);
        read(earlier, table, columns, row -> add(digest(columns, row).negate(), columns, row, differences));
        read(later, table, columns, row -> add(digest(columns, row), columns, row, differences));
        return differences;
    }

    private void add(BigInteger weight, List<String> columns, List<String> row, MVMap<String, BigInteger> differences) {
        String key = key(row.get(columns.indexOf(ID)));
        BigInteger sum = differences.getOrDefault(key, BigInteger.ZERO).add(weight);
        if (sum.signum() == 0) {
            differences.remove(key);
        } else {
            differences.put(key, sum);
        }
    }

    private BigInteger digest(List<String> columns, List<String> row) {
        List<String> values = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            if (!OF_SESSION.contains(columns.get(column))) {
                String value = likeness.of(columns.get(column), row.get(column));
                values.add(value.length() + " " + value);
            }
        }
        try {
            byte[] bytes = values.toString().getBytes(StandardCharsets.UTF_8);
            return new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private String key(String sessionId) {
        return likeness.of(ID, sessionId);
    }

    /** A column that only one of two versions of this tool knows says nothing about the sessions. */
    private List<String> commonColumns(String table) throws IOException {
        try (TextRows before = earlier.open(table);
                TextRows after = later.open(table)) {
            List<String> columns = new ArrayList<>(after.columns());
            columns.retainAll(before.columns());
            return columns;
        }
    }

    private void read(RevisionTables revision, String table, List<String> columns, Consumer<List<String>> eachRow)
            throws IOException {
        try (TextRows rows = revision.open(table)) {
            int[] places = columns.stream().mapToInt(rows.columns()::indexOf).toArray();
            for (List<String> row = rows.next(); row != null; row = rows.next()) {
                List<String> all = row;
                eachRow.accept(Arrays.stream(places).mapToObj(all::get).toList());
                save();
            }
        }
    }

    private void save() {
        if (++unsaved % MOST_UNSAVED == 0) {
            store.commit();
        }
    }

    /** Without saving: nobody will open the file again. */
    @Override
    public void close() {
        store.closeImmediately();
    }
}
