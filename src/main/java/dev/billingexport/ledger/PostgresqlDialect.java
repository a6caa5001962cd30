package dev.billingexport.ledger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** PostgreSQL from version 14. Several processes may write its ledger. */
final class PostgresqlDialect implements Dialect {

    /**
     * Identifies an advisory lock together with a run's number. Any number that no other program uses in this database.
     */
    private static final int TURN = 0x7475726e;

    private static final List<String> PURGED =
            List.of("session", "problem", "unread_field", "collection_window", "run");

    private final JdbcTemplate jdbc;

    PostgresqlDialect(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String upsert(String table, List<String> key, List<String> columns) {
        return insert(table, key, columns)
                + columns.stream()
                        .map(column -> column + " = EXCLUDED." + column)
                        .collect(Collectors.joining(", "));
    }

    @Override
    public String upsertGreatest(String table, String key, String column) {
        return insert(table, List.of(key), List.of(column))
                + "%2$s = GREATEST(%1$s.%2$s, EXCLUDED.%2$s)".formatted(table, column);
    }

    @Override
    public void takeTurn(long run) {
        jdbc.query("SELECT pg_advisory_xact_lock(?, ?)", row -> {}, TURN, Long.hashCode(run));
    }

    @Override
    public void giveSpaceBack() {
        PURGED.forEach(table -> jdbc.execute("VACUUM (FULL, ANALYZE) " + table));
    }

    private static String insert(String table, List<String> key, List<String> columns) {
        List<String> all = new ArrayList<>(key);
        all.addAll(columns);
        return "INSERT INTO " + table + " (" + String.join(", ", all) + ") VALUES ("
                + String.join(", ", Collections.nCopies(all.size(), "?")) + ") ON CONFLICT (" + String.join(", ", key)
                + ") DO UPDATE SET ";
    }
}
