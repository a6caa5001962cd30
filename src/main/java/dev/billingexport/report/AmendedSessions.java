package dev.billingexport.report;

import dev.billingexport.files.OwnerOnly;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** The amendments that are found, put into order; their values are still text. */
final class AmendedSessions {

    private static final List<String> NEEDED =
            List.of("session_id", "user_id", "app_type", "trans_date", "duration", "call_detail_minutes");

    /** What a sorted text of a moment is counted from: earlier than any that has a text. */
    private static final long FIRST = Instant.parse("-9999-01-01T00:00:00Z").toEpochMilli();

    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final List<String> columns;
    private final Likeness likeness;
    private final Map<String, String[]> rows;
    private final SortedMap<Amendment.Change, Long> counts = Amendment.Change.none();
    private final SortedMap<String, UserAmendment> users = new TreeMap<>();
    private long number;

    /**
     * @param columns of the sessions
     * @param rows an empty map that is sorted by its keys
     */
    AmendedSessions(List<String> columns, Likeness likeness, Map<String, String[]> rows) {
        if (!columns.containsAll(NEEDED)) {
            throw new DeliveredCsv.UnreadableException("The sessions lack columns: there are only " + columns + ".");
        }
        this.columns = columns;
        this.likeness = likeness;
        this.rows = rows;
    }

    /** The next session of the later revision, which the earlier one lacks. */
    void added(List<String> session) {
        put(Amendment.Change.ADDED, null, session, List.of(), ++number);
    }

    void removed(List<String> session) {
        put(Amendment.Change.REMOVED, session, null, List.of(), 0);
    }

    /**
     * The next session of the later revision, as it was and as it is.
     *
     * @param detailsDiffer whether the details that a column is about differ
     */
    void compare(List<String> before, List<String> after, Predicate<String> detailsDiffer) {
        number++;
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            if (!likeness.of(column, before.get(i)).equals(likeness.of(column, after.get(i)))
                    || detailsDiffer.test(column)) {
                fields.add(column);
            }
        }
        if (!fields.isEmpty()) {
            put(Amendment.Change.CHANGED, before, after, fields, number);
        }
    }

    private void put(
            Amendment.Change change,
            @Nullable List<String> before,
            @Nullable List<String> after,
            List<String> fields,
            long place) {
        counts.merge(change, 1L, Long::sum);
        List<String> session = after != null ? after : before;
        String date = value(session, "trans_date");
        Instant instant = date.isEmpty() ? null : OffsetDateTime.parse(date).toInstant();
        String id = text(session, "session_id");
        String[] row = {
            id,
            text(session, "user_id"),
            text(session, "app_type"),
            instant == null ? "" : instant.toString(),
            change.code(),
            String.join(" ", fields),
            value(before, "duration"),
            value(after, "duration"),
            value(before, "call_detail_minutes"),
            value(after, "call_detail_minutes"),
            String.valueOf(place)
        };
        rows.put((instant == null ? "" : "%020d".formatted(instant.toEpochMilli() - FIRST)) + " " + id, row);
        if (before != null) {
            addUser(UserAmendment.before(
                    text(before, "user_id"), minutes(before, "duration"), minutes(before, "call_detail_minutes")));
        }
        if (after != null) {
            addUser(UserAmendment.after(
                    text(after, "user_id"), minutes(after, "duration"), minutes(after, "call_detail_minutes")));
        }
    }

    private void addUser(UserAmendment user) {
        users.merge(user.userId(), user, UserAmendment::plus);
    }

    private String text(@Nullable List<String> session, String column) {
        return DeliveredCell.unguarded(value(session, column));
    }

    private @Nullable BigDecimal minutes(List<String> session, String column) {
        String minutes = value(session, column);
        return minutes.isEmpty() ? null : new BigDecimal(minutes);
    }

    private String value(@Nullable List<String> session, String column) {
        return session == null ? "" : session.get(columns.indexOf(column));
    }

    /** Writes the rows in order. */
    Amendments.Known write(int revision, Path file) throws IOException {
        try (Writer out = new BufferedWriter(Channels.newWriter(OwnerOnly.open(file, NEW), StandardCharsets.UTF_8));
                CSVPrinter csv = new CSVPrinter(out, CSVFormat.RFC4180)) {
            csv.printRecord(Stream.concat(Tables.AMENDMENT.stream().map(Column::name), Stream.of("number")));
            for (String[] row : rows.values()) {
                csv.printRecord((Object[]) row);
            }
        }
        return new Amendments.Known(revision, counts, List.copyOf(users.values()), file);
    }
}
