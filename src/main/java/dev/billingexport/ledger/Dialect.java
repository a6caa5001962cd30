package dev.billingexport.ledger;

import java.sql.DatabaseMetaData;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/** What the two databases do differently. All other SQL of this package runs on both. */
interface Dialect {

    /** That of a data source's database, which is asked. */
    static Dialect of(DataSource dataSource, JdbcTemplate jdbc) {
        try {
            String product = JdbcUtils.extractDatabaseMetaData(dataSource, DatabaseMetaData::getDatabaseProductName);
            return product.equals("PostgreSQL") ? new PostgresqlDialect(jdbc) : new H2Dialect(jdbc);
        } catch (MetaDataAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A statement that inserts a row, or gives the row with the same key the other columns' values.
     *
     * @param key the columns of a unique key; its parameters come first
     */
    String upsert(String table, List<String> key, List<String> columns);

    /** The greater of the value that an {@link #upsert} writes and the one that is there is kept, for a column without nulls. */
    String upsertGreatest(String table, String key, String column);

    /**
     * Waits until no other transaction writes a run's sessions, and keeps others waiting until this one ends: windows are
     * read at once, and two that list the same session would wait for each other's rows for ever.
     */
    void takeTurn(long run);

    /** Gives the space of deleted rows back to the disk. Nothing can be asked after it. Outside of a transaction. */
    void giveSpaceBack();
}
