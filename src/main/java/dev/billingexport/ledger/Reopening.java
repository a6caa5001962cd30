package dev.billingexport.ledger;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reopens windows that a run has closed or read where it turns out that they were read too early, or that their listing
 * was too narrow. All calls are idempotent. Thread-safe.
 */
@Repository
@Transactional
public class Reopening {

    /** Condition on a session, with the parameter {@code settle} in seconds: its details can't change any more. */
    static final String SETTLED =
            "COALESCE(EXTRACT(EPOCH FROM read_at) - EXTRACT(EPOCH FROM ended_at) >= :settle, FALSE)";

    /** A longer session has a wrong date, and with a larger reach each listing would hold years of sessions. */
    private static final long MAX_REACH = Duration.ofDays(31).toSeconds();

    private final JdbcClient jdbc;

    Reopening(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Marks what a continued run must read again because it was read too early: sessions that are settled now and were
     * not when they were read, and sessions that had not ended. Reopens their windows, and the windows that were listed
     * too early.
     *
     * @param settle how long after its end a window's sessions may still change
     */
    public void unsettled(Run run, Duration settle, Instant now) {
        Map<String, Object> params =
                Map.of("run", run.id(), "settle", settle.toSeconds(), "due", RowMappers.at(now.minus(settle)));
        jdbc.sql("""
                        UPDATE session SET complete = FALSE
                         WHERE run_id = :run AND NOT (%s)
                           AND (ended_at <= :due OR ended_at IS NULL AND read_at <= :due)
                        """.formatted(SETTLED)).params(params).update();
        jdbc.sql("""
                        UPDATE collection_window w SET closed = FALSE
                         WHERE run_id = :run AND closed
                           AND (end_at <= :due AND EXTRACT(EPOCH FROM listed_at) - EXTRACT(EPOCH FROM end_at) < :settle
                                OR EXISTS (
                                   SELECT 1 FROM session s
                                    WHERE s.run_id = w.run_id AND s.app_type = w.app_type AND NOT s.complete
                                      AND s.session_date >= w.start_at AND s.session_date < w.end_at))
                        """).params(params).update();
    }

    /**
     * Returns how far beyond its ends a window must be listed so that it misses no session: the length of the longest
     * session. Zero where no listing of the run's scope ever held a session outside the requested dates.
     */
    @Transactional(readOnly = true)
    public Duration reach(Run run) {
        return jdbc.sql("""
                        SELECT GREATEST(longest, COALESCE((
                               SELECT MAX(EXTRACT(EPOCH FROM GREATEST(
                                              session_date, COALESCE(connect_dt, session_date),
                                              COALESCE(disconnect_dt, session_date)))
                                          - EXTRACT(EPOCH FROM LEAST(
                                              session_date, COALESCE(connect_dt, session_date),
                                              COALESCE(disconnect_dt, session_date))))
                                 FROM session WHERE run_id = :run), 0))
                          FROM displaced_sessions
                         WHERE scope = (SELECT MIN(scope) FROM collection_window WHERE run_id = :run)
                        """)
                .param("run", run.id())
                .query(BigDecimal.class)
                .optional()
                .map(Reopening::duration)
                .orElse(Duration.ZERO);
    }

    /** Reopens windows whose listing did not reach as far beyond their ends as is now known to be necessary. */
    public void narrow(Run run) {
        jdbc.sql("UPDATE collection_window SET closed = FALSE, moved = TRUE WHERE run_id = :run AND reach < :reach")
                .param("run", run.id())
                .param("reach", reach(run).toSeconds())
                .update();
    }

    private static Duration duration(BigDecimal seconds) {
        return Duration.ofSeconds(seconds.setScale(0, RoundingMode.UP)
                .min(BigDecimal.valueOf(MAX_REACH))
                .longValueExact());
    }

    /** Returns a length rounded up to whole seconds. */
    static long seconds(Duration length) {
        return Math.min(length.toSeconds() + 1, MAX_REACH);
    }
}
