package dev.billingexport.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The processes that work on windows, and what they are to work on. What is told of them serves people, and saves work
 * that would be done twice; that nothing is committed twice rests on {@link WindowLease} alone. Thread-safe.
 */
@Repository
@Transactional
public class Workers {

    /** A worker is entered as seen every two seconds. */
    static final String AT_WORK = "seen_at > CURRENT_TIMESTAMP - INTERVAL '15' SECOND";

    private final JdbcClient jdbc;

    Workers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What a launch at work has handed out.
     *
     * @param settings those that shape what is collected, a line each
     */
    public record Handover(long run, String settings) {}

    /** Enters a worker; returns its number. Forgets those that were not seen for a day. */
    public long enter(String export, String settings, String host, long process) {
        jdbc.sql("DELETE FROM worker WHERE seen_at < CURRENT_TIMESTAMP - INTERVAL '1' DAY")
                .update();
        jdbc.sql("""
                        INSERT INTO worker (export_name, settings, host, process, since, seen_at, sessions_per_second)
                        VALUES (:export, :settings, :host, :process, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0)
                        """)
                .param("export", export)
                .param("settings", settings)
                .param("host", host)
                .param("process", process)
                .update();
        return jdbc.sql("SELECT MAX(worker_id) FROM worker WHERE host = :host AND process = :process")
                .param("host", host)
                .param("process", process)
                .query(Long.class)
                .single();
    }

    /** Enters that a worker is there. */
    public void seen(long worker, double sessionsPerSecond) {
        jdbc.sql("UPDATE worker SET seen_at = CURRENT_TIMESTAMP, sessions_per_second = :rate WHERE worker_id = :id")
                .param("rate", sessionsPerSecond)
                .param("id", worker)
                .update();
    }

    /** Enters that a worker has ended. */
    public void left(long worker) {
        jdbc.sql("DELETE FROM worker WHERE worker_id = :id").param("id", worker).update();
    }

    /** The workers that were seen of late, and work for such an export with such settings. */
    @Transactional(readOnly = true)
    public List<WorkerProcess> atWork(String export, String settings) {
        return jdbc.sql("""
                        SELECT worker_id, host, process, since, sessions_per_second FROM worker
                         WHERE export_name = :export AND settings = :settings AND %s
                         ORDER BY worker_id
                        """.formatted(AT_WORK))
                .param("export", export)
                .param("settings", settings)
                .query(Workers::process)
                .list();
    }

    /** The workers that were seen of late, and work for such an export with whatever settings. */
    @Transactional(readOnly = true)
    public List<WorkerProcess> atWork(String export) {
        return jdbc.sql("""
                        SELECT worker_id, host, process, since, sessions_per_second FROM worker
                         WHERE export_name = :export AND %s
                         ORDER BY worker_id
                        """.formatted(AT_WORK))
                .param("export", export)
                .query(Workers::process)
                .list();
    }

    private static WorkerProcess process(ResultSet row, int number) throws SQLException {
        return new WorkerProcess(
                row.getLong("worker_id"),
                row.getString("host"),
                row.getLong("process"),
                row.getObject("since", OffsetDateTime.class).toInstant(),
                row.getDouble("sessions_per_second"));
    }

    /** What tells this ledger from every other: sixteen random bytes in hexadecimal. */
    @Transactional(readOnly = true)
    public String ledger() {
        return jdbc.sql("SELECT CAST(ledger AS VARCHAR(36)) FROM handover")
                .query(String.class)
                .single();
    }

    /** Enters that a run's launch hands out windows. */
    public void handOver(Run run, String settings) {
        jdbc.sql("UPDATE handover SET run_id = :run, settings = :settings")
                .param("run", run.id())
                .param("settings", settings)
                .update();
    }

    /** The launch that hands out windows for an export, or did last. */
    @Transactional(readOnly = true)
    public Optional<Handover> handover(String export) {
        return jdbc.sql("""
                        SELECT h.run_id, h.settings FROM handover h JOIN run r ON r.run_id = h.run_id
                         WHERE r.export_name = :export AND r.delivered_at IS NULL
                        """)
                .param("export", export)
                .query((row, number) -> new Handover(row.getLong("run_id"), row.getString("settings")))
                .optional();
    }
}
