package dev.billingexport.ledger;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * How far the runs are that are at work on a ledger on PostgreSQL, as their process said last. What a process that died
 * said stays. Thread-safe.
 */
@Repository
@Transactional
public class RunProgress {

    private final JdbcTemplate jdbc;
    private final String write;

    RunProgress(JdbcTemplate jdbc, Dialect dialect) {
        this.jdbc = jdbc;
        this.write = dialect.upsert("run_progress", List.of("run_id"), List.of("progress"));
    }

    /** Replaces what was said of a run before. */
    public void write(long run, String progress) {
        jdbc.update(write, run, progress);
    }

    /** What was said last; empty where nothing was. */
    @Transactional(readOnly = true)
    public Optional<String> read(long run) {
        return jdbc.queryForList("SELECT progress FROM run_progress WHERE run_id = ?", String.class, run).stream()
                .findFirst();
    }
}
