package dev.billingexport.ledger;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * When an account's next request may start, for all processes that share a ledger on PostgreSQL, by the clock of the
 * server. One statement a reservation, and no library of token buckets: a bucket hands out its tokens at once, whereas
 * these turns have their times. Thread-safe.
 */
@Repository
public class RequestTurns {

    /** How long ago the first of the turns may have been, so that the way to the database costs no turn. */
    private static final long SLACK_MICROS = 5_000;

    private static final String RESERVE = """
            INSERT INTO request_turn AS t (account, next_micros)
            SELECT :account, n.micros + :span FROM (SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint) n(micros)
            ON CONFLICT (account) DO UPDATE
               SET next_micros = GREATEST(t.next_micros, EXCLUDED.next_micros - :span - :slack) + :span
            RETURNING next_micros - :span - (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint
            """;

    private final JdbcClient jdbc;

    RequestTurns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Reserves turns at a rate. Outside of the caller's transaction: until its end nobody else would get a turn.
     *
     * @return how many nanoseconds from now the first of them is
     */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public long reserve(String account, int count, double perSecond) {
        long micros = jdbc.sql(RESERVE)
                .param("account", account)
                .param("span", Math.round(1e6 * count / perSecond))
                .param("slack", SLACK_MICROS)
                .query(Long.class)
                .single();
        return 1_000 * micros;
    }
}
