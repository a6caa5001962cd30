package dev.billingexport.ledger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** H2. Its database is used by this process only. */
final class H2Dialect implements Dialect {

    private final JdbcTemplate jdbc;
    private final TransactionTurn turn = new TransactionTurn();

    H2Dialect(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String upsert(String table, List<String> key, List<String> columns) {
        List<String> all = new ArrayList<>(key);
        all.addAll(columns);
        return "MERGE INTO " + table + " (" + String.join(", ", all) + ") KEY (" + String.join(", ", key) + ") VALUES ("
                + String.join(", ", Collections.nCopies(all.size(), "?")) + ")";
    }

    @Override
    public String upsertGreatest(String table, String key, String column) {
        return """
                MERGE INTO %1$s AS t USING (SELECT CAST(? AS VARCHAR) AS k, CAST(? AS BIGINT) AS v) AS n ON t.%2$s = n.k
                WHEN MATCHED THEN UPDATE SET %3$s = GREATEST(t.%3$s, n.v)
                WHEN NOT MATCHED THEN INSERT (%2$s, %3$s) VALUES (n.k, n.v)
                """.formatted(table, key, column);
    }

    /** No other process can open the database. */
    @Override
    public void takeTurn(long run) {
        turn.take();
    }

    /** Closes the database and rewrites its file. */
    @Override
    public List<String> giveSpaceBack() {
        jdbc.execute("SHUTDOWN COMPACT");
        return List.of();
    }
}
