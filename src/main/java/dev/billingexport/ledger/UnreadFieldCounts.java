package dev.billingexport.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * How often a run met fields that nobody reads, by their names: the vendor may have added what should be billed. Listings
 * are read more than once, so the numbers say how common a field is and no more. Thread-safe.
 */
@Repository
@Transactional
public class UnreadFieldCounts {

    /** Names come from strangers: a run keeps no more of them. */
    private static final int MAX_NAMES = 500;

    private final JdbcClient jdbc;

    UnreadFieldCounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds to what the run met before. In the order of their names, so that two windows don't wait for each other. */
    public void add(Run run, Map<String, Long> times) {
        new TreeMap<>(times).forEach((name, count) -> {
            if (update(run, name, count) == 0) {
                insert(run, name, count);
            }
        });
    }

    /** Takes over what the runs met in the details that this one re-uses. */
    public void takeOver(Run run) {
        jdbc.sql("""
                        INSERT INTO unread_field (run_id, name, times)
                        SELECT CAST(:run AS BIGINT), name, SUM(times) FROM unread_field
                         WHERE run_id IN (SELECT reused_from FROM session WHERE run_id = :run)
                         GROUP BY name
                        """).param("run", run.id()).update();
    }

    /** By name, the most frequent first. */
    @Transactional(readOnly = true)
    public Map<String, Long> of(Run run) {
        Map<String, Long> times = new LinkedHashMap<>();
        jdbc.sql("SELECT name, times FROM unread_field WHERE run_id = :run ORDER BY times DESC, name")
                .param("run", run.collectedBy())
                .query(row -> {
                    times.put(row.getString("name"), row.getLong("times"));
                });
        return times;
    }

    private int update(Run run, String name, long count) {
        return jdbc.sql("UPDATE unread_field SET times = times + :count WHERE run_id = :run AND name = :name")
                .param("count", count)
                .param("run", run.id())
                .param("name", name)
                .update();
    }

    private void insert(Run run, String name, long count) {
        jdbc.sql("""
                        INSERT INTO unread_field (run_id, name, times)
                        SELECT CAST(:run AS BIGINT), CAST(:name AS VARCHAR), CAST(:count AS BIGINT)
                         WHERE (SELECT COUNT(*) FROM unread_field WHERE run_id = :run) < :most
                        """)
                .param("run", run.id())
                .param("name", name)
                .param("count", count)
                .param("most", MAX_NAMES)
                .update();
    }
}
