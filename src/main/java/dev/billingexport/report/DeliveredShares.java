package dev.billingexport.report;

import dev.billingexport.session.Filter;
import dev.billingexport.session.Share;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The workbooks of shares, compared with the CSV files' rows that are of the same value: of each table that has such rows
 * all cells, of days, and of a room's users, the sums. Every file is read once, whatever the number of workbooks. Held in
 * memory are the ids of the sessions, and of each value a number a table.
 *
 * <p>Values are known by their cells' text. Two that no cell can tell apart, such as halves of surrogate pairs, are compared
 * together.
 */
final class DeliveredShares {

    /** Tables whose rows belong to a session. */
    private static final List<String> OF_SESSIONS =
            List.of("sessions", "call-details", "recordings", "reconciliation", "problems");

    /** Tables whose rows are a user's. */
    private static final List<String> OF_USERS = List.of("users", "charges");

    /** Tables that add up all the figures of the sessions, and the columns of those. */
    private static final List<String> SUMMED = List.of("users", "days");

    private static final Map<String, String> FIGURES = Map.of(
            "session_minutes", "duration",
            "call_details", "call_details",
            "call_detail_minutes", "call_detail_minutes",
            "recordings", "recordings",
            "recorded_seconds", "recorded_seconds",
            "recorded_bytes", "recorded_bytes");

    private static final String LOST = "\uFFFD";

    private final ReportHead head;
    private final Filter.Field by;
    private final Map<String, DeliveredWorkbook.Table> tables;
    private final Map<String, Value> values = new TreeMap<>();
    private final List<String> found = new ArrayList<>();

    /** What the CSV files have of a value, and what workbooks have. */
    private static final class Value {

        /** As the CSV files have it: more than one text may be the same in a cell. */
        private final Set<String> texts = new TreeSet<>();

        private final ShareTally inCsv = new ShareTally();
        private final ShareTally inWorkbooks = new ShareTally();
        private final List<String> workbooks = new ArrayList<>();
    }

    /**
     * @param head of the whole report
     * @param tables all CSV files, by the tables' names
     */
    DeliveredShares(ReportHead head, Filter.Field by, Map<String, DeliveredWorkbook.Table> tables) {
        this.head = head;
        this.by = by;
        this.tables = tables;
    }

    /** What a file in a folder of shares is split by; null for any other file. */
    static Filter.@Nullable Field by(String name) {
        return Arrays.stream(SplitBy.values())
                .map(SplitBy::field)
                .filter(field -> field != null && name.startsWith(ShareFile.folder(field)) && name.endsWith(".xlsx"))
                .findFirst()
                .orElse(null);
    }

    /**
     * Compares.
     *
     * @param files the workbooks, by their names
     * @param rows of each, as is claimed
     */
    List<String> differences(Map<String, Path> files, Map<String, Long> rows) throws IOException {
        readCsv();
        for (Map.Entry<String, Path> file : new TreeMap<>(files).entrySet()) {
            read(file.getKey(), file.getValue(), rows.getOrDefault(file.getKey(), -1L));
        }
        values.forEach(this::compare);
        return found;
    }

    private void readCsv() throws IOException {
        Map<String, Value> sessions = new HashMap<>();
        each("sessions", row -> {
            String text = row.get(by.code());
            Value value = values.computeIfAbsent(DeliveredCell.ofCsv(by.code(), text), any -> new Value());
            value.texts.add(text);
            sessions.put(row.get("session_id"), value);
            for (String table : SUMMED) {
                value.inCsv.addFigure(table, "sessions", BigDecimal.ONE);
                FIGURES.forEach((figure, column) ->
                        value.inCsv.addFigure(table, figure, DeliveredCell.figure(row.get(column))));
            }
        });
        for (String table : OF_SESSIONS) {
            // What is of a session that is in no file is of no share.
            each(table, row -> add(sessions.get(row.get("session_id")), table, row));
        }
        if (by == Filter.Field.USER_ID) {
            for (String table : OF_USERS) {
                each(table, row -> add(values.get(DeliveredCell.ofCsv("user_id", row.get("user_id"))), table, row));
            }
        }
    }

    private void each(String table, Consumer<CSVRecord> reader) throws IOException {
        DeliveredWorkbook.Table read = tables.get(table);
        if (read != null) {
            try (CSVParser rows = read.csv().open()) {
                rows.forEach(reader);
            }
        }
    }

    private void add(@Nullable Value value, String table, CSVRecord row) {
        if (value != null) {
            value.inCsv.addRow(table, cells(table, row));
        }
    }

    private List<String> cells(String table, CSVRecord row) {
        List<String> columns = columns(table);
        return IntStream.range(0, columns.size())
                .mapToObj(column -> DeliveredCell.ofCsv(columns.get(column), row.get(column)))
                .toList();
    }

    private List<String> columns(String table) {
        DeliveredWorkbook.Table read = tables.get(table);
        return read == null ? List.of() : read.sums().columns();
    }

    private void read(String name, Path file, long claimedRows) throws IOException {
        Differences differences = new Differences(name);
        try {
            DeliveredShareWorkbook workbook = new DeliveredShareWorkbook(head, by, this::columns, differences);
            ShareTally tally = workbook.read(file);
            differences.expect("rows", claimedRows, workbook.rows());
            Value value = values.get(workbook.value());
            if (value == null) {
                differences.add("there is no session whose " + by.code() + " is '" + workbook.value() + "'");
            } else {
                value.workbooks.add(name);
                value.inWorkbooks.addAll(tally);
                if (!mayBeCalled(name, value.texts)) {
                    differences.add("its sessions are of the " + by.code() + " '" + workbook.value()
                            + "', whose file has another name");
                }
            }
        } catch (DeliveredCsv.UnreadableException e) {
            differences.add(String.valueOf(e.getMessage()));
        }
        found.addAll(differences.list());
    }

    /** A CSV file has lost what UTF-8 can't hold, and a guard's mark may be one or the value's own. */
    private boolean mayBeCalled(String name, Set<String> texts) {
        return texts.stream()
                .flatMap(text -> Stream.of(text, DeliveredCell.unguarded(text)))
                .anyMatch(text -> text.contains(LOST)
                        || ShareFile.name(new Share(by, text)).equals(name));
    }

    private void compare(String shown, Value value) {
        if (value.workbooks.isEmpty()) {
            found.add(ShareFile.folder(by) + ": there is no workbook of the " + by.code() + " '" + shown + "'");
            return;
        }
        for (String table : value.inCsv.differences(value.inWorkbooks)) {
            found.add(String.join(", ", value.workbooks) + ": " + table + " is not what the CSV files have of the "
                    + by.code() + " '" + shown + "'");
        }
    }

    /** Whether all rows of a table are compared, and not only their sums. */
    static boolean isCompared(String table, Filter.Field by) {
        return OF_SESSIONS.contains(table) || by == Filter.Field.USER_ID && OF_USERS.contains(table);
    }

    static boolean isSummed(String table) {
        return SUMMED.contains(table);
    }

    static boolean isFigure(String column) {
        return column.equals("sessions") || FIGURES.containsKey(column);
    }
}
