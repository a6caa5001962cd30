package dev.billingexport.ledger;

import dev.billingexport.session.Filter;
import dev.billingexport.session.Problem;
import dev.billingexport.session.SessionDetails;
import dev.billingexport.session.SessionUsage;
import dev.billingexport.session.Share;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What the ledger holds of a run, in the order of the files. Every stream is read a page at a time, one page ahead of its
 * reader, and shows what was committed; it holds neither a transaction nor a connection between pages, and must be read to
 * its end or dropped; it needs no closing. Thread-safe.
 */
@Repository
public class LedgerContents {

    private final JdbcClient jdbc;
    private final SimpleAsyncTaskExecutor ahead = new SimpleAsyncTaskExecutor("ledger-");

    LedgerContents(JdbcClient jdbc) {
        this.jdbc = jdbc;
        ahead.setDaemon(true);
    }

    /** Sessions with their figures by {@code trans_date}, {@code session_id}. */
    public Stream<SessionUsage> sessions(Run run) {
        return sessions(run, null);
    }

    /** Those of a share, or all of them. */
    public Stream<SessionUsage> sessions(Run run, @Nullable Share share) {
        return stream(run, share, Rows::sessionUsage);
    }

    /** The same with all that belongs to them. */
    public Stream<SessionDetails> details(Run run) {
        return details(run, null);
    }

    /** Those of a share, or all of them. */
    public Stream<SessionDetails> details(Run run, @Nullable Share share) {
        AtomicLong number = new AtomicLong();
        return stream(run, share, row -> Rows.sessionDetails(row, number.incrementAndGet()));
    }

    /** Problems by {@code trans_date}, {@code session_id}. */
    public Stream<Problem> problems(Run run) {
        return problems(run, null);
    }

    /** Those of a share's sessions, or all of them: what the ledger has no session for is of no share. */
    public Stream<Problem> problems(Run run, @Nullable Share share) {
        ShareCondition which = new ShareCondition(share);
        String session = share == null ? "" : "JOIN session s ON s.run_id = p.run_id AND s.session_id = p.session_id";
        return jdbc
                .sql("""
                        SELECT p.* FROM problem p %s
                         WHERE p.run_id = :run %s
                         ORDER BY p.session_date, p.session_id, p.part
                        """.formatted(session, which.sql()))
                .param("run", run.collectedBy())
                .params(which.params())
                .query((row, number) -> Rows.problem(row))
                .list()
                .stream();
    }

    /**
     * Makes reading a share cost what it holds, whatever the size of the whole. To be called before shares are read, and
     * outside of a transaction.
     *
     * @param by the user or the room
     */
    public void indexShares(Filter.Field by) {
        String column = by.code();
        jdbc.sql("CREATE INDEX IF NOT EXISTS session_of_" + column + " ON session (run_id, " + column
                        + ", session_date, session_id)")
                .update();
    }

    /** The shares that the sessions fall into, sorted by their values' characters. */
    public List<Share> shares(Run run, Filter.Field by) {
        return jdbc
                .sql("SELECT DISTINCT COALESCE(" + by.code() + ", '') AS share FROM session WHERE run_id = :run")
                .param("run", run.collectedBy())
                .query(String.class)
                .list()
                .stream()
                .sorted()
                .map(value -> new Share(by, value))
                .toList();
    }

    /** The users of the sessions, each with the date of the first one; empty for the sessions that name none. */
    public Map<String, Instant> users(Run run) {
        Map<String, Instant> users = new TreeMap<>();
        jdbc.sql("""
                        SELECT COALESCE(user_id, '') AS id, MIN(session_date) AS first_date FROM session
                         WHERE run_id = :run GROUP BY COALESCE(user_id, '')
                        """).param("run", run.collectedBy()).query((ResultSet row) -> {
            users.put(
                    row.getString("id"),
                    row.getObject("first_date", OffsetDateTime.class).toInstant());
        });
        return users;
    }

    /** How many sessions the ledger holds. */
    public long sessionCount(Run run) {
        return count(run, "SELECT COUNT(*) FROM session WHERE run_id = :run");
    }

    /** How many problems there are; a session may have one for each of its parts. */
    public long problemCount(Run run) {
        return count(run, "SELECT COUNT(*) FROM problem WHERE run_id = :run");
    }

    /** When the oldest answer came that the run holds; null where the API was never asked. */
    public @Nullable Instant firstRead(Run run) {
        return read("MIN", run);
    }

    /** When the newest one came. */
    public @Nullable Instant lastRead(Run run) {
        return read("MAX", run);
    }

    private @Nullable Instant read(String aggregate, Run run) {
        return jdbc.sql("""
                        SELECT %s(moment) AS moment FROM (
                          SELECT read_at AS moment FROM session WHERE run_id = :run
                          UNION ALL
                          SELECT listed_at FROM collection_window WHERE run_id = :run) AS moments
                        """.formatted(aggregate))
                .param("run", run.collectedBy())
                .query((row, number) -> Optional.ofNullable(Rows.instant(row, "moment")))
                .single()
                .orElse(null);
    }

    /** The ids of all sessions, sorted by their characters' codes. */
    public Stream<String> sessionIds(Run run) {
        return jdbc
                .sql("SELECT session_id FROM session WHERE run_id = :run ORDER BY session_id")
                .param("run", run.collectedBy())
                .query(String.class)
                .list()
                .stream();
    }

    private <T> Stream<T> stream(Run run, @Nullable Share share, SessionPages.RowReader<T> reader) {
        return new SessionPages<>(jdbc, ahead, run.collectedBy(), share, reader).stream();
    }

    private long count(Run run, String sql) {
        return jdbc.sql(sql).param("run", run.collectedBy()).query(Long.class).single();
    }
}
