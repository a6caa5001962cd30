package dev.billingexport.ledger;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The windows that a run's launch has handed to workers, and who works on them. Thread-safe. */
@Repository
@Transactional
public class WindowLeases {

    private final JdbcClient jdbc;
    private final JdbcTemplate template;

    WindowLeases(JdbcClient jdbc, JdbcTemplate template) {
        this.jdbc = jdbc;
        this.template = template;
    }

    /**
     * Enters windows that workers may take from now on.
     *
     * @param windows their names by the number of their execution
     */
    public void enter(Run run, Map<Long, String> windows) {
        template.batchUpdate(
                "INSERT INTO window_lease (step_execution_id, run_id, window_name) VALUES (?, ?, ?)",
                windows.entrySet().stream()
                        .map(window -> new Object[] {window.getKey(), run.id(), window.getValue()})
                        .toList());
    }

    /**
     * Takes a window, also from whoever has it: from now on only this lease's work is committed. Empty where the window is
     * not handed out any more, or where a worker that was seen of late has it.
     *
     * @param again whether the request was delivered before, so that the worker that got it has lost it
     */
    public Optional<WindowLease> take(long stepExecution, long worker, boolean again) {
        int taken = jdbc.sql("""
                        UPDATE window_lease SET epoch = epoch + 1, worker_id = :worker
                         WHERE step_execution_id = :id AND NOT stopping
                           AND (:again OR worker_id IS NULL OR worker_id NOT IN (SELECT worker_id FROM worker WHERE %s))
                        """.formatted(Workers.AT_WORK))
                .param("worker", worker)
                .param("id", stepExecution)
                .param("again", again)
                .update();
        return taken == 0 ? Optional.empty() : Optional.of(new WindowLease(stepExecution, epoch(stepExecution)));
    }

    private int epoch(long stepExecution) {
        return jdbc.sql("SELECT epoch FROM window_lease WHERE step_execution_id = :id")
                .param("id", stepExecution)
                .query(Integer.class)
                .single();
    }

    /** Enters that nobody works on a window which its worker has given back, unless another worker has taken it since. */
    public void release(WindowLease lease) {
        jdbc.sql("UPDATE window_lease SET worker_id = NULL WHERE step_execution_id = :id AND epoch = :epoch")
                .param("id", lease.stepExecution())
                .param("epoch", lease.epoch())
                .update();
    }

    /** Keeps why a window failed, for the launch; in the transaction that enters its end. */
    public void failed(WindowLease lease, String why) {
        jdbc.sql("UPDATE window_lease SET failure = :why WHERE step_execution_id = :id AND epoch = :epoch")
                .param("why", why)
                .param("id", lease.stepExecution())
                .param("epoch", lease.epoch())
                .update();
    }

    /** The windows that are handed out, in the order in which they were. */
    @Transactional(readOnly = true)
    public List<HandedWindow> of(Run run) {
        return jdbc.sql("""
                        SELECT l.step_execution_id, l.window_name, s.status, s.write_count, l.worker_id, l.failure,
                               EXISTS (SELECT 1 FROM worker w WHERE w.worker_id = l.worker_id AND %s) AS at_work
                          FROM window_lease l
                          JOIN batch_step_execution s ON s.step_execution_id = l.step_execution_id
                         WHERE l.run_id = :run
                         ORDER BY l.step_execution_id
                        """.formatted(Workers.AT_WORK))
                .param("run", run.id())
                .query((row, number) -> new HandedWindow(
                        row.getLong("step_execution_id"),
                        row.getString("window_name"),
                        row.getString("status"),
                        row.getLong("write_count"),
                        row.getObject("worker_id", Long.class),
                        row.getBoolean("at_work"),
                        row.getString("failure")))
                .list();
    }

    /** Has the run's windows stop at their next commit. None can be taken from now on. */
    public void stop(Run run) {
        jdbc.sql("UPDATE window_lease SET stopping = TRUE WHERE run_id = :run")
                .param("run", run.id())
                .update();
    }

    /** Takes all of the run's windows back: whoever still works on one commits nothing any more. */
    public void revoke(Run run) {
        jdbc.sql("DELETE FROM window_lease WHERE run_id = :run")
                .param("run", run.id())
                .update();
    }
}
