package dev.billingexport.ledger;

import java.sql.DatabaseMetaData;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/** The differences between the two databases. All other SQL of this package runs on both. */
interface Dialect {

    /** Returns the dialect of a data source's database, which is asked. */
    static Dialect of(DataSource dataSource, JdbcTemplate jdbc) {
        try {
            String product = JdbcUtils.extractDatabaseMetaData(dataSource, DatabaseMetaData::getDatabaseProductName);
            return product.equals("PostgreSQL") ? new PostgresqlDialect(jdbc) : new H2Dialect(jdbc);
        } catch (MetaDataAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Returns a statement that inserts a row, or updates the row with the same key.
     *
     * @param key columns of a unique key; their parameters come first
     */
    String upsert(String table, List<String> key, List<String> columns);

    /**
     * Returns an {@link #upsert} that keeps the greater of the present and the new value, for a column without nulls.
     */
    String upsertGreatest(String table, String key, String column);

    /**
     * Waits until no other transaction writes a run's sessions, and makes others wait until this one ends. Windows are
     * written concurrently, and two that list the same session would otherwise deadlock.
     */
    void takeTurn(long run);

    /**
     * Returns the space of deleted rows to the file system. No further call is possible. To be called outside of a
     * transaction.
     *
     * @return why the database refused to, one reason a table; empty where it did not refuse
     */
    List<String> giveSpaceBack();
}
