package dev.billingexport.ledger;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * When an account's next request may start, and what is known of its limit, for all processes that share a ledger on
 * PostgreSQL. All times are in nanoseconds since 1970 by the clock of the server. No library of token buckets: a bucket
 * hands out its tokens at once, whereas these turns have their times. Thread-safe.
 *
 * <p>Each call is one statement outside of the caller's transaction: until its end, nobody else would get a turn. For the
 * same reason none locks a row for a change that follows: its process may be frozen in between.
 */
@Repository
public class RequestTurns {

    private static final String RESERVE = """
            INSERT INTO request_turn AS t (account, next_micros, accepted)
            VALUES (:account, (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint + :span, :accepted)
            ON CONFLICT (account) DO UPDATE
               SET next_micros = :span
                     + CASE WHEN t.next_micros > (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint + :ahead
                            THEN (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint
                            ELSE GREATEST(
                                   t.next_micros,
                                   (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint - :slack)
                       END,
                   accepted = t.accepted + :accepted
            RETURNING (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint AS now_micros, next_micros, accepted, rate
            """;

    private static final String REPLACE = """
            UPDATE request_turn
               SET rate = :after, next_micros = GREATEST(next_micros, :pausedUntil)
             WHERE account = :account AND rate IS NOT DISTINCT FROM :before
            """;

    /**
     * The turns that were reserved.
     *
     * @param at when that was
     * @param end of the last turn
     * @param accepted requests that the API accepted, of all processes
     * @param rate what is known of the limit, as it was stored; null for nothing
     */
    public record Reservation(
            long at, long end, long accepted, @Nullable String rate) {}

    private final JdbcClient jdbc;

    RequestTurns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Reserves turns that follow each other, and no other process's turn among them.
     *
     * @param accepted requests that the API has accepted from this process since its last call
     * @param span how long the turns take together, in nanoseconds
     * @param slack how long ago the first of the turns may have been
     * @param ahead how far in the future turns may be; where they are further, the server's clock was set back, and the
     *     turns follow from now on
     */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public Reservation reserve(String account, long accepted, long span, long slack, long ahead) {
        return jdbc.sql(RESERVE)
                .param("account", account)
                .param("accepted", accepted)
                .param("span", micros(span))
                .param("slack", micros(slack))
                .param("ahead", micros(ahead))
                .query((row, number) -> new Reservation(
                        nanos(row.getLong("now_micros")),
                        nanos(row.getLong("next_micros")),
                        row.getLong("accepted"),
                        row.getString("rate")))
                .single();
    }

    /**
     * Stores what is known of the limit, unless it is not any more what it was before. Returns whether it was stored.
     *
     * @param pausedUntil all turns that are reserved from now on are later
     */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public boolean replaceRate(String account, @Nullable String before, String after, long pausedUntil) {
        return jdbc.sql(REPLACE)
                        .param("account", account)
                        .param("before", before)
                        .param("after", after)
                        .param("pausedUntil", micros(pausedUntil))
                        .update()
                > 0;
    }

    private static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }

    private static long nanos(long micros) {
        return TimeUnit.MICROSECONDS.toNanos(micros);
    }
}
