package dev.billingexport.ledger;

import dev.billingexport.session.Filter;
import dev.billingexport.session.Problem;
import dev.billingexport.session.SessionDetails;
import dev.billingexport.session.SessionUsage;
import dev.billingexport.session.Split;
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
 * Reads what the ledger holds of a run, in the order of the files. Streams read one page ahead and see committed data.
 * Between pages they hold neither a transaction nor a connection, so they may be dropped unfinished and need no
 * closing. Thread-safe.
 */
@Repository
public class LedgerContents {

    private static final int IDS_PAGE = 10_000;

    private final JdbcClient jdbc;
    private final SimpleAsyncTaskExecutor ahead = new SimpleAsyncTaskExecutor("ledger-");

    LedgerContents(JdbcClient jdbc) {
        this.jdbc = jdbc;
        ahead.setDaemon(true);
    }

    /** Returns the sessions with their figures, by {@code trans_date}, {@code session_id}. */
    public Stream<SessionUsage> sessions(Run run) {
        return sessions(run, null);
    }

    /** As {@link #sessions(Run)}, for one split or, with null, for all sessions. */
    public Stream<SessionUsage> sessions(Run run, @Nullable Split split) {
        return stream(run, split, RowMappers::sessionUsage);
    }

    /** Returns the sessions with their figures and details, by {@code trans_date}, {@code session_id}. */
    public Stream<SessionDetails> details(Run run) {
        return details(run, null);
    }

    /** As {@link #details(Run)}, for one split or, with null, for all sessions. */
    public Stream<SessionDetails> details(Run run, @Nullable Split split) {
        AtomicLong number = new AtomicLong();
        return stream(run, split, row -> RowMappers.sessionDetails(row, number.incrementAndGet()));
    }

    /** Returns the problems by {@code trans_date}, {@code session_id}. */
    public Stream<Problem> problems(Run run) {
        return problems(run, null);
    }

    /**
     * As {@link #problems(Run)}, for one split or, with null, for all sessions. Problems of sessions that the ledger
     * doesn't have belong to no split.
     */
    public Stream<Problem> problems(Run run, @Nullable Split split) {
        SplitCondition which = new SplitCondition(split);
        String session = split == null ? "" : "JOIN session s ON s.run_id = p.run_id AND s.session_id = p.session_id";
        return jdbc
                .sql("""
                        SELECT p.* FROM problem p %s
                         WHERE p.run_id = :run %s
                         ORDER BY p.session_date, p.session_id, p.part
                        """.formatted(session, which.sql()))
                .param("run", run.collectedBy())
                .params(which.params())
                .query((row, number) -> RowMappers.problem(row))
                .list()
                .stream();
    }

    /**
     * Creates an index for reading single splits, so that the time depends on the split's size and not on the run's. To
     * be called before splits are read, and outside of a transaction.
     *
     * @param by the user or the room
     */
    public void indexSplits(Filter.Field by) {
        String column = by.code();
        jdbc.sql("CREATE INDEX IF NOT EXISTS session_of_" + column + " ON session (run_id, " + column
                        + ", session_date, session_id)")
                .update();
    }

    /** Returns the splits that the sessions belong to, sorted by the characters of their values. */
    public List<Split> splits(Run run, Filter.Field by) {
        return jdbc
                .sql("SELECT DISTINCT COALESCE(" + by.code() + ", '') AS split FROM session WHERE run_id = :run")
                .param("run", run.collectedBy())
                .query(String.class)
                .list()
                .stream()
                .sorted()
                .map(value -> new Split(by, value))
                .toList();
    }

    /**
     * Returns the users of the sessions, each with the date of the first session; an empty text for sessions without a
     * user.
     */
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

    /** Returns the number of sessions. */
    public long sessionCount(Run run) {
        return count(run, "SELECT COUNT(*) FROM session WHERE run_id = :run");
    }

    /** Returns the number of problems. A session may have one for each of its parts. */
    public long problemCount(Run run) {
        return count(run, "SELECT COUNT(*) FROM problem WHERE run_id = :run");
    }

    /** Returns when the oldest answer of the run arrived; null where the API was never asked. */
    public @Nullable Instant firstRead(Run run) {
        return read("MIN", run);
    }

    /** Returns when the newest answer arrived; null where the API was never asked. */
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
                .query((row, number) -> Optional.ofNullable(RowMappers.instant(row, "moment")))
                .single()
                .orElse(null);
    }

    /** Returns the ids of all sessions, sorted by their UTF-16 code units. Read in pages: a ledger may hold millions. */
    public Stream<String> sessionIds(Run run) {
        return Stream.iterate(
                        idsAfter(run, ""), page -> !page.isEmpty(), page -> idsAfter(run, page.get(page.size() - 1)))
                .flatMap(List::stream);
    }

    /** No session has an empty id. */
    private List<String> idsAfter(Run run, String last) {
        return jdbc.sql("""
                        SELECT session_id FROM session WHERE run_id = :run AND session_id > :last
                         ORDER BY session_id FETCH FIRST :page ROWS ONLY
                        """)
                .param("run", run.collectedBy())
                .param("last", last)
                .param("page", IDS_PAGE)
                .query(String.class)
                .list();
    }

    private <T> Stream<T> stream(Run run, @Nullable Split split, SessionPages.RowReader<T> reader) {
        return new SessionPages<>(jdbc, ahead, run.collectedBy(), split, reader).stream();
    }

    private long count(Run run, String sql) {
        return jdbc.sql(sql).param("run", run.collectedBy()).query(Long.class).single();
    }
}
