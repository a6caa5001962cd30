package dev.billingexport.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Counts how often a run met fields of the API that this program doesn't read: the vendor may have added something that
 * should be billed. Listings are read several times, so the counts only show how common a field is. Thread-safe.
 */
@Repository
@Transactional
public class UnreadFieldCounts {

    /** Limit of names for a run, because names come from a server. */
    private static final int MAX_NAMES = 500;

    private final JdbcClient jdbc;

    UnreadFieldCounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds to the run's counts. Writes in the order of the names, so that two windows don't deadlock. */
    public void add(Run run, Map<String, Long> times) {
        new TreeMap<>(times).forEach((name, count) -> {
            if (update(run, name, count) == 0) {
                insert(run, name, count);
            }
        });
    }

    /** Copies the counts of the runs whose details this run re-uses. */
    public void takeOver(Run run) {
        jdbc.sql("""
                        INSERT INTO unread_field (run_id, name, times)
                        SELECT CAST(:run AS BIGINT), name, SUM(times) FROM unread_field
                         WHERE run_id IN (SELECT reused_from FROM session WHERE run_id = :run)
                         GROUP BY name
                        """).param("run", run.id()).update();
    }

    /** Returns the counts by name, the most frequent first. */
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
