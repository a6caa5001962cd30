package dev.billingexport.ledger;

import dev.billingexport.session.Window;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Stores for which values of a run's filter the API listed sessions, and how many listed sessions were dropped because
 * they have another value. Holds the last listing of each window and survives a restart. Thread-safe.
 */
@Repository
@Transactional
public class ListedValues {

    private final JdbcTemplate jdbc;

    ListedValues(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Replaces the counts of the window's previous listing. */
    void replace(Run run, Window window, Map<String, Long> leftOut) {
        Object start = RowMappers.utc(window.start());
        String appType = window.appType().code();
        jdbc.update(
                "DELETE FROM listed_value WHERE run_id = ? AND app_type = ? AND start_at = ?",
                run.id(),
                appType,
                start);
        List<Object[]> rows = leftOut.entrySet().stream()
                .map(value -> new Object[] {run.id(), appType, start, value.getKey(), value.getValue()})
                .toList();
        jdbc.batchUpdate(
                "INSERT INTO listed_value (run_id, app_type, start_at, search_string, left_out) VALUES (?, ?, ?, ?, ?)",
                rows);
    }

    /** Returns the number of dropped sessions by value. A value without listed sessions is missing. */
    @Transactional(readOnly = true)
    public SortedMap<String, Long> of(Run run) {
        SortedMap<String, Long> leftOut = new TreeMap<>();
        jdbc.query(
                "SELECT search_string, SUM(left_out) AS left_out FROM listed_value WHERE run_id = ? GROUP BY search_string",
                row -> {
                    leftOut.put(row.getString("search_string"), row.getLong("left_out"));
                },
                run.collectedBy());
        return leftOut;
    }
}
