package dev.billingexport.delivered;

import dev.billingexport.report.table.Amendment;
import dev.billingexport.report.table.Amendments;
import dev.billingexport.report.table.ChargeChanges;
import dev.billingexport.report.table.TableNames;
import dev.billingexport.report.table.UserAmendment;
import dev.billingexport.text.CsvText;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/** Sorts the amendments as they are found. Their values are still text. */
final class AmendedSessions {

    private static final List<String> NEEDED =
            List.of("session_id", "user_id", "app_type", "trans_date", "duration", "call_detail_minutes");

    /** Origin of the numbers that dates are sorted by. Lies before every date that has a text. */
    private static final long FIRST = Instant.parse("-9999-01-01T00:00:00Z").toEpochMilli();

    private static final int MAX_UNSAVED = 10_000;

    /** Limit of users, which are held in memory, as they are for a workbook. */
    private static final int MAX_USERS = 500_000;

    private final List<String> columns;
    private final MVStore store;
    private final MVMap<String, String[]> rows;
    private final SortedMap<Amendment.Change, Long> counts = Amendment.Change.none();
    private final SortedMap<String, UserAmendment> users = new TreeMap<>();
    private long number;

    /**
     * @param columns columns of the sessions
     * @param store holds the rows while they are sorted
     */
    AmendedSessions(List<String> columns, MVStore store) {
        if (!columns.containsAll(NEEDED)) {
            throw new UnreadableException(TableNames.SESSIONS, "columns are missing: there are only " + columns);
        }
        this.columns = columns;
        this.store = store;
        this.rows = store.openMap("amended");
    }

    /** Returns the next session of the later revision with its number appended. */
    List<String> number(List<String> session) {
        List<String> numbered = new ArrayList<>(session);
        numbered.add(String.valueOf(++number));
        return numbered;
    }

    /**
     * Adds a session that only the later revision has.
     *
     * @param session with its number
     */
    void added(List<String> session) {
        put(Amendment.Change.ADDED, null, session, List.of());
    }

    void removed(List<String> session) {
        put(Amendment.Change.REMOVED, session, null, List.of());
    }

    /**
     * Adds a session that both revisions have, if it differs.
     *
     * @param after with its number
     * @param detailsDiffer whether the details behind a column differ
     */
    void compare(List<String> before, List<String> after, Predicate<String> detailsDiffer) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            if (!NormalizedValue.of(column, before.get(i)).equals(NormalizedValue.of(column, after.get(i)))
                    || detailsDiffer.test(column)) {
                fields.add(column);
            }
        }
        if (!fields.isEmpty()) {
            put(Amendment.Change.CHANGED, before, after, fields);
        }
    }

    private void put(
            Amendment.Change change, @Nullable List<String> before, @Nullable List<String> after, List<String> fields) {
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
            after == null ? "0" : after.get(columns.size())
        };
        rows.put((instant == null ? "" : "%020d".formatted(instant.toEpochMilli() - FIRST)) + " " + id, row);
        if (rows.sizeAsLong() % MAX_UNSAVED == 0) {
            store.commit();
        }
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
        if (users.size() > MAX_USERS) {
            throw new UnreadableException(
                    TableNames.SESSIONS, "more than " + MAX_USERS + " users have sessions that differ");
        }
    }

    private String text(@Nullable List<String> session, String column) {
        return CsvText.unguarded(value(session, column));
    }

    private @Nullable BigDecimal minutes(List<String> session, String column) {
        String minutes = value(session, column);
        return minutes.isEmpty() ? null : new BigDecimal(minutes);
    }

    private String value(@Nullable List<String> session, String column) {
        return session == null ? "" : session.get(columns.indexOf(column));
    }

    /** Writes the rows in order. */
    Amendments.Known write(int revision, ChargeChanges charges, Path file) throws IOException {
        AmendmentFile kept = new AmendmentFile(file);
        kept.write(rows.values());
        return new Amendments.Known(revision, counts, List.copyOf(users.values()), charges, kept::rows);
    }
}
