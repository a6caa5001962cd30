package dev.billingexport.ledger;

import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Filter;
import dev.billingexport.session.Problem;
import dev.billingexport.session.Recording;
import dev.billingexport.session.Session;
import dev.billingexport.session.SessionCallDetail;
import dev.billingexport.session.SessionRecording;
import dev.billingexport.session.SessionUsage;
import dev.billingexport.session.Share;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What the ledger holds of a run, in the order of the files. Every stream is read a page at a time on the reader's own
 * thread, holds neither a transaction nor a connection between pages, and must be read to its end or dropped; it needs
 * no closing. Thread-safe.
 */
@Repository
public class LedgerContents {

    /** Not by a list of the ids: H2 would hold each row of the run against each of them. */
    private static final String OF_A_PAGE = """
             ON d.run_id = s.run_id AND d.session_id = s.session_id
             WHERE s.run_id = :run AND s.session_date >= :firstDate AND s.session_date <= :lastDate
               AND (s.session_date > :firstDate OR s.session_id >= :firstId)
               AND (s.session_date < :lastDate OR s.session_id <= :lastId) %s
             ORDER BY d.session_id, d.ordinal
            """;

    private static final String CALL_DETAILS = "SELECT d.* FROM session s JOIN call_detail d" + OF_A_PAGE;

    private static final String RECORDINGS = "SELECT d.* FROM session s JOIN recording d" + OF_A_PAGE;

    private final JdbcClient jdbc;

    LedgerContents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Sessions with their figures by {@code trans_date}, {@code session_id}. */
    public Stream<SessionUsage> sessions(Run run) {
        return sessions(run, null);
    }

    /** Those of a share, or all of them. */
    public Stream<SessionUsage> sessions(Run run, @Nullable Share share) {
        return pages(run, share).flatMap(List::stream);
    }

    /** Call details, session by session in the order of {@link #sessions}, then in {@link CallDetail#ORDER}. */
    public Stream<SessionCallDetail> callDetails(Run run) {
        return callDetails(run, null);
    }

    /** Those of a share, or all of them. */
    public Stream<SessionCallDetail> callDetails(Run run, @Nullable Share share) {
        return pages(run, share).flatMap(page -> {
            Map<String, List<CallDetail>> details = details(run, share, page, CALL_DETAILS, Rows::callDetail);
            return page.stream()
                    .map(SessionUsage::session)
                    .flatMap(session -> details.getOrDefault(session.sessionId(), List.of()).stream()
                            .map(detail -> new SessionCallDetail(session, detail)));
        });
    }

    /** Recordings, session by session in the order of {@link #sessions}, then in {@link Recording#ORDER}. */
    public Stream<SessionRecording> recordings(Run run) {
        return recordings(run, null);
    }

    /** Those of a share, or all of them. */
    public Stream<SessionRecording> recordings(Run run, @Nullable Share share) {
        return pages(run, share).flatMap(page -> {
            Map<String, List<Recording>> recordings = details(run, share, page, RECORDINGS, Rows::recording);
            return page.stream()
                    .map(SessionUsage::session)
                    .flatMap(session -> recordings.getOrDefault(session.sessionId(), List.of()).stream()
                            .map(recording -> new SessionRecording(session, recording)));
        });
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
                .param("run", run.id())
                .params(which.params())
                .query((row, number) -> Rows.problem(row))
                .list()
                .stream();
    }

    /** The shares that the sessions fall into, sorted by their values' characters. */
    public List<Share> shares(Run run, Filter.Field by) {
        return jdbc
                .sql("SELECT DISTINCT COALESCE(" + by.code() + ", '') AS share FROM session WHERE run_id = :run")
                .param("run", run.id())
                .query(String.class)
                .list()
                .stream()
                .sorted()
                .map(value -> new Share(by, value))
                .toList();
    }

    /** How many sessions the ledger holds. */
    public long sessionCount(Run run) {
        return count(run, "SELECT COUNT(*) FROM session WHERE run_id = :run");
    }

    /** How many problems there are; a session may have one for each of its parts. */
    public long problemCount(Run run) {
        return count(run, "SELECT COUNT(*) FROM problem WHERE run_id = :run");
    }

    /** The ids of all sessions, sorted by their characters' codes. */
    public Stream<String> sessionIds(Run run) {
        return jdbc
                .sql("SELECT session_id FROM session WHERE run_id = :run ORDER BY session_id")
                .param("run", run.id())
                .query(String.class)
                .list()
                .stream();
    }

    private Stream<List<SessionUsage>> pages(Run run, @Nullable Share share) {
        SessionPages pages = new SessionPages(jdbc, run.id(), share);
        return Stream.iterate(pages.first(), page -> !page.isEmpty(), pages::after);
    }

    private <T> Map<String, List<T>> details(
            Run run, @Nullable Share share, List<SessionUsage> page, String sql, RowReader<T> reader) {
        ShareCondition which = new ShareCondition(share);
        Session first = page.get(0).session();
        Session last = page.get(page.size() - 1).session();
        return jdbc
                .sql(sql.formatted(which.sql()))
                .param("run", run.id())
                .params(which.params())
                .param("firstDate", Rows.utc(first.date()))
                .param("firstId", first.sessionId())
                .param("lastDate", Rows.utc(last.date()))
                .param("lastId", last.sessionId())
                .query((row, number) -> Map.entry(row.getString("session_id"), reader.read(row)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private long count(Run run, String sql) {
        return jdbc.sql(sql).param("run", run.id()).query(Long.class).single();
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
