package dev.billingexport.ledger;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Problem;
import dev.billingexport.session.Session;
import dev.billingexport.session.Usage;
import dev.billingexport.session.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Writes the ledger in batches: a chunk takes the same small number of round trips, however many rows it has. */
@Component
class SessionTables {

    private static final List<String> SESSION_KEY = List.of("run_id", "session_id");

    /** All but the key. */
    static final List<String> SESSION_COLUMNS = List.of(
            "app_type",
            "session_date",
            "meeting_id",
            "room_id",
            "user_id",
            "user_name",
            "trans_date",
            "connect_dt",
            "disconnect_dt",
            "duration",
            "complete",
            "read_at",
            "ended_at",
            "unlisted",
            "reused_from",
            "call_details",
            "call_detail_minutes",
            "recordings",
            "recorded_seconds",
            "recorded_bytes",
            "call_detail_rows",
            "recording_rows");

    private static final String DELETE_PROBLEM = "DELETE FROM problem WHERE run_id = ? AND session_id = ? AND part = ?";

    private static final String INSERT_PROBLEM = """
            INSERT INTO problem (run_id, session_id, part, app_type, session_date, trans_date, cause, attempts)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final JdbcTemplate jdbc;
    private final String upsertSession;
    private final String noteDisplaced;

    SessionTables(JdbcTemplate jdbc, Dialect dialect) {
        this.jdbc = jdbc;
        this.upsertSession = dialect.upsert("session", SESSION_KEY, SESSION_COLUMNS);
        this.noteDisplaced = dialect.upsertGreatest("displaced_sessions", "scope", "longest");
    }

    void insertWindows(long run, String scope, List<Window> windows) {
        List<Object[]> rows = new ArrayList<>();
        for (Window window : windows) {
            rows.add(new Object[] {
                run, scope, window.appType().code(), RowMappers.utc(window.start()), RowMappers.utc(window.end())
            });
        }
        jdbc.batchUpdate(
                "INSERT INTO collection_window (run_id, scope, app_type, start_at, end_at) VALUES (?, ?, ?, ?, ?)",
                rows);
    }

    void replace(long run, List<? extends CollectedSession> sessions) {
        List<Object[]> keys = new ArrayList<>();
        List<Object[]> upserts = new ArrayList<>();
        List<Object[]> problems = new ArrayList<>();
        for (CollectedSession collected : sessions) {
            Session session = collected.session();
            keys.add(new Object[] {run, session.sessionId()});
            upserts.add(upsert(run, collected));
            for (Problem problem : collected.problems()) {
                problems.add(row(run, session.appType(), date(session), problem));
            }
        }
        jdbc.batchUpdate(upsertSession, upserts);
        jdbc.batchUpdate("DELETE FROM problem WHERE run_id = ? AND session_id = ?", keys);
        jdbc.batchUpdate(INSERT_PROBLEM, problems);
    }

    /** Replaces the problems of the window's previous listing. Problems of sessions that have disappeared stay. */
    void replaceFlawed(long run, Window window, List<Problem> flawed) {
        jdbc.update(
                """
                DELETE FROM problem
                 WHERE run_id = ? AND app_type = ? AND session_date >= ? AND session_date < ? AND part = ? AND attempts > 0
                """,
                run,
                window.appType().code(),
                RowMappers.utc(window.start()),
                RowMappers.utc(window.end()),
                Problem.Part.SESSION.code());
        if (flawed.isEmpty()) {
            return;
        }
        List<Object[]> keys = new ArrayList<>();
        List<Object[]> rows = new ArrayList<>();
        for (Problem problem : flawed) {
            Instant date = Objects.requireNonNullElse(problem.transDate(), window.start());
            keys.add(new Object[] {run, problem.sessionId(), problem.part().code()});
            rows.add(row(run, window.appType(), date, problem));
        }
        jdbc.batchUpdate(DELETE_PROBLEM, keys);
        jdbc.batchUpdate(INSERT_PROBLEM, rows);
    }

    /** Deletes those of the sessions that were copied from an earlier run. Returns whether there were any. */
    boolean deleteReused(long run, Collection<String> sessionIds) {
        int[] deleted = jdbc.batchUpdate(
                "DELETE FROM session WHERE run_id = ? AND session_id = ? AND reused_from IS NOT NULL",
                keys(run, sessionIds));
        return Arrays.stream(deleted).sum() > 0;
    }

    void countChanges(long run, Collection<String> sessionIds) {
        jdbc.batchUpdate(
                "UPDATE session SET changes = changes + 1 WHERE run_id = ? AND session_id = ?", keys(run, sessionIds));
    }

    void markUnlisted(long run, Window window, Collection<String> sessionIds) {
        jdbc.update(
                "UPDATE session SET unlisted = FALSE WHERE run_id = ? AND app_type = ? AND session_date >= ? AND session_date < ?",
                run,
                window.appType().code(),
                RowMappers.utc(window.start()),
                RowMappers.utc(window.end()));
        jdbc.batchUpdate(
                "UPDATE session SET unlisted = TRUE WHERE run_id = ? AND session_id = ?", keys(run, sessionIds));
    }

    /**
     * Stores sessions that this window listed although they lie in another window. The other window lists them too,
     * unless the API filters by another date; whether it did is known once every window was read, before any is read
     * again.
     */
    void noteStrays(long run, Window window, Map<String, Duration> strays) {
        strays.forEach((sessionId, length) -> {
            boolean isLost = Boolean.TRUE.equals(jdbc.queryForObject(
                    """
                    SELECT EXISTS (SELECT 1 FROM collection_window
                                    WHERE run_id = ? AND app_type = ? AND start_at = ? AND listings > 0)
                           AND NOT EXISTS (SELECT 1 FROM session WHERE run_id = ? AND session_id = ?)
                    """, Boolean.class, run, window.appType().code(), RowMappers.utc(window.start()), run, sessionId));
            if (isLost) {
                noteDisplaced(run, Reopening.seconds(length));
            }
        });
    }

    /** @param longest length of the longest such session, seconds */
    void noteDisplaced(long run, long longest) {
        List<String> scopes = jdbc.queryForList(
                "SELECT MIN(scope) FROM collection_window WHERE run_id = ? HAVING MIN(scope) IS NOT NULL",
                String.class,
                run);
        scopes.forEach(scope -> jdbc.update(noteDisplaced, scope, longest));
    }

    private static List<Object[]> keys(long run, Collection<String> sessionIds) {
        return sessionIds.stream()
                .map(sessionId -> new Object[] {run, sessionId})
                .toList();
    }

    private static Instant date(Session session) {
        return Objects.requireNonNull(session.date(), "a session without a date is a problem, not a row");
    }

    /** The key, then the other columns. */
    private static @Nullable Object[] upsert(long run, CollectedSession collected) {
        Session session = collected.session();
        Usage usage = collected.usage();
        return new @Nullable Object[] {
            run,
            session.sessionId(),
            session.appType().code(),
            RowMappers.utc(date(session)),
            session.meetingId(),
            session.roomId(),
            session.userId(),
            session.userName(),
            RowMappers.utc(session.transDate()),
            RowMappers.utc(session.connectDt()),
            RowMappers.utc(session.disconnectDt()),
            RowMappers.text(session.duration()),
            collected.problems().isEmpty(),
            RowMappers.utc(collected.reading().at()),
            RowMappers.utc(collected.reading().end(session)),
            false,
            null,
            usage.callDetails(),
            RowMappers.text(usage.callDetailMinutes()),
            usage.recordings(),
            RowMappers.text(usage.recordedSeconds()),
            RowMappers.text(usage.recordedBytes()),
            DetailRows.ofCallDetails(collected.callDetails()),
            DetailRows.ofRecordings(collected.recordings())
        };
    }

    private static @Nullable Object[] row(long run, AppType appType, Instant date, Problem problem) {
        return new @Nullable Object[] {
            run,
            problem.sessionId(),
            problem.part().code(),
            appType.code(),
            RowMappers.utc(date),
            RowMappers.utc(problem.transDate()),
            problem.cause(),
            problem.attempts()
        };
    }
}
