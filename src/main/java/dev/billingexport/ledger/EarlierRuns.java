package dev.billingexport.ledger;

import dev.billingexport.session.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Copies into a new run the sessions that earlier runs of the same scope collected in closed windows and that can't
 * change any more, whatever the length or time zone of their periods. They are copied inside the database, because each
 * run keeps what its delivery was made from. The new run's confirming pass lists re-used sessions again and fetches
 * those that have changed.
 */
@Repository
public class EarlierRuns {

    /** Condition on a session of an earlier run: it lies in the window, and the new run does not have it. */
    private static final String LACKING = """
            s.run_id = :source AND s.app_type = :appType AND s.session_date >= :start AND s.session_date < :end
            AND NOT EXISTS (SELECT 1 FROM session t WHERE t.run_id = :run AND t.session_id = s.session_id)
            """;

    /** Everything that was collected. What the earlier run's listings said of a session is not taken over. */
    private static final String COPIED = SessionTables.SESSION_COLUMNS.stream()
            .filter(column -> !Set.of("reused_from", "unlisted").contains(column))
            .collect(Collectors.joining(", "));

    private final JdbcClient jdbc;
    private final UnreadFieldCounts unreadFields;

    EarlierRuns(JdbcClient jdbc, UnreadFieldCounts unreadFields) {
        this.jdbc = jdbc;
        this.unreadFields = unreadFields;
    }

    /**
     * Fills the run's windows; to be called right after they were fixed. A window counts as read if earlier runs have
     * all of its sessions. Sessions that had not ended, or whose details were read too early, are fetched again.
     *
     * @param settle how long after its end a window's sessions may still change
     */
    @Transactional
    public void reuse(Run run, Duration settle) {
        for (Window window : windows(run)) {
            List<Source> sources = sources(run, window);
            sources.forEach(source -> copySessions(run, window, source, settle));
            if (covers(sources, window) && sources.stream().noneMatch(source -> lacksAny(run, window, source))) {
                jdbc.sql("""
                                UPDATE collection_window SET listings = 1
                                 WHERE run_id = :run AND app_type = :appType AND start_at = :start
                                """)
                        .param("run", run.id())
                        .param("appType", window.appType().code())
                        .param("start", RowMappers.utc(window.start()))
                        .update();
            }
        }
        unreadFields.takeOver(run);
    }

    /** Returns how many of a run's sessions were copied from earlier runs and not fetched again since. */
    public long reusedCount(Run run) {
        return jdbc.sql("SELECT COUNT(*) FROM session WHERE run_id = :run AND reused_from IS NOT NULL")
                .param("run", run.id())
                .query(Long.class)
                .single();
    }

    private List<Window> windows(Run run) {
        return jdbc.sql("SELECT app_type, start_at, end_at FROM collection_window WHERE run_id = :run")
                .param("run", run.id())
                .query((row, number) -> RowMappers.window(row))
                .list();
    }

    /** Returns the closed windows that overlap, the one that was read last first. */
    private List<Source> sources(Run run, Window window) {
        return jdbc.sql("""
                        SELECT w.run_id, w.app_type, w.start_at, w.end_at
                          FROM collection_window w
                         WHERE w.scope = (SELECT MIN(scope) FROM collection_window WHERE run_id = :run)
                           AND w.app_type = :appType AND w.start_at < :end AND w.end_at > :start
                           AND w.run_id <> :run AND w.closed
                         ORDER BY w.listed_at DESC NULLS LAST, w.run_id DESC, w.start_at
                        """)
                .param("run", run.id())
                .param("appType", window.appType().code())
                .param("start", RowMappers.utc(window.start()))
                .param("end", RowMappers.utc(window.end()))
                .query((row, number) -> new Source(row.getLong("run_id"), RowMappers.window(row)))
                .list();
    }

    private void copySessions(Run run, Window window, Source source, Duration settle) {
        sql("""
                        INSERT INTO session (run_id, reused_from, session_id, %1$s)
                        SELECT :run, run_id, session_id, %1$s
                          FROM session s
                         WHERE %2$s AND complete AND %3$s
                        """.formatted(COPIED, LACKING, Reopening.SETTLED), run, window, source)
                .param("settle", settle.toSeconds())
                .update();
    }

    private boolean lacksAny(Run run, Window window, Source source) {
        return sql("SELECT EXISTS (SELECT 1 FROM session s WHERE " + LACKING + ")", run, window, source)
                .query(Boolean.class)
                .single();
    }

    private JdbcClient.StatementSpec sql(String sql, Run run, Window window, Source source) {
        return jdbc.sql(sql)
                .param("run", run.id())
                .param("source", source.run())
                .param("appType", window.appType().code())
                .param(
                        "start",
                        RowMappers.utc(latest(window.start(), source.window().start())))
                .param(
                        "end",
                        RowMappers.utc(earliest(window.end(), source.window().end())));
    }

    /** Returns whether the earlier windows cover the window without a gap. */
    private static boolean covers(List<Source> sources, Window window) {
        Instant covered = window.start();
        List<Window> inOrder = sources.stream()
                .map(Source::window)
                .sorted(Comparator.comparing(Window::start))
                .toList();
        for (Window source : inOrder) {
            if (!source.start().isAfter(covered)) {
                covered = latest(covered, source.end());
            }
        }
        return !covered.isBefore(window.end());
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earliest(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private record Source(long run, Window window) {}
}
