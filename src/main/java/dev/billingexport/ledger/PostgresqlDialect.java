package dev.billingexport.ledger;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.StatementCallback;

/** PostgreSQL from version 14. Several processes may write its ledger. */
final class PostgresqlDialect implements Dialect {

    /**
     * Identifies an advisory lock together with a run's number. Any number that no other program uses in this database.
     */
    private static final int TURN = 0x7475726e;

    private static final List<String> PURGED =
            List.of("session", "problem", "unread_field", "collection_window", "run");

    private final JdbcTemplate jdbc;
    private final TransactionTurn turn = new TransactionTurn();

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

    /**
     * One transaction of a process at a time asks the server: where a process is frozen, each of its transactions would
     * be granted the lock, one after the other, and keep it until the server ends it.
     */
    @Override
    public void takeTurn(long run) {
        turn.take();
        jdbc.query("SELECT pg_advisory_xact_lock(?, ?)", row -> {}, TURN, Long.hashCode(run));
    }

    @Override
    public List<String> giveSpaceBack() {
        return PURGED.stream()
                .flatMap(table -> jdbc
                        .execute((StatementCallback<List<String>>) statement -> {
                            statement.execute("VACUUM (FULL, ANALYZE) " + table);
                            return warnings(statement);
                        })
                        .stream())
                .toList();
    }

    /** To a user that may not, the server says no more than that it skips the table. */
    private static List<String> warnings(Statement statement) throws SQLException {
        List<String> warnings = new ArrayList<>();
        for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            warnings.add(warning.getMessage());
        }
        return warnings;
    }

    private static String insert(String table, List<String> key, List<String> columns) {
        List<String> all = new ArrayList<>(key);
        all.addAll(columns);
        return "INSERT INTO " + table + " (" + String.join(", ", all) + ") VALUES ("
                + String.join(", ", Collections.nCopies(all.size(), "?")) + ") ON CONFLICT (" + String.join(", ", key)
                + ") DO UPDATE SET ";
    }
}
