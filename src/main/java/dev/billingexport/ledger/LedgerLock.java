package dev.billingexport.ledger;

import dev.billingexport.files.LockFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/**
 * The right to launch runs on a ledger on PostgreSQL, which one process has at a time: an advisory lock of the database,
 * one for each schema. It ends with its session, which is a connection that does nothing else. H2 needs none: the data
 * directory's lock holds for the database in it.
 *
 * <p>The session can end while the process lives and has transactions open on other connections. So each process that takes
 * the lock raises the ledger's epoch, and {@link #check} has a transaction hold the epoch's row until it ends: it fails
 * where the lock or the epoch is not this process's any more, and whoever raises the epoch waits for those that were
 * checked before. Thread-safe.
 */
@Component
public class LedgerLock implements AutoCloseable {

    /** With the schema's number, the name of the lock; any number that nobody else uses in this database. */
    private static final int NAME = 0x62696c6c;

    private static final String LOCK = """
            SELECT pg_try_advisory_lock(%d, oid::int) FROM pg_namespace WHERE nspname = current_schema()
            """.formatted(NAME);

    /** The locks of this schema; two keys are told from one by objsubid. */
    private static final String HELD = """
            SELECT 1 FROM pg_locks l JOIN pg_namespace n ON l.objid = n.oid
             WHERE l.locktype = 'advisory' AND l.classid = %d AND l.objsubid = 2 AND l.granted AND l.pid = h.backend
               AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
               AND n.nspname = current_schema()
            """.formatted(NAME);

    private static final String HOLDER = "SELECT holder FROM ledger_holder h WHERE EXISTS (" + HELD + ")";

    private static final String CHECK =
            "SELECT 1 FROM ledger_holder h WHERE epoch = ? AND EXISTS (" + HELD + ") FOR SHARE OF h";

    private final DataSource dataSource;
    private final JdbcTemplate jdbc;
    private final String url;
    private final Clock clock;
    private @Nullable Connection session;
    private volatile @Nullable Long epoch;

    LedgerLock(DataSource dataSource, @Value("${spring.datasource.url}") String url, Clock clock) {
        this.dataSource = dataSource;
        // Not the context's, which is there when the tables are.
        this.jdbc = new JdbcTemplate(dataSource);
        this.url = url;
        this.clock = clock;
    }

    /**
     * Takes the lock; doesn't wait for it.
     *
     * @throws DatabaseInUseException if another process has it; the message says which
     */
    void acquire() {
        // Not by DataSourceUtils: it is no transaction's, and is kept until the end.
        try {
            Connection opened = dataSource.getConnection();
            if (!Boolean.TRUE.equals(on(opened).queryForObject(LOCK, Boolean.class))) {
                opened.close();
                throw new DatabaseInUseException(DatabaseUrl.name(url), holder().orElse("another process"));
            }
            session = opened;
        } catch (SQLException e) {
            throw new CannotGetJdbcConnectionException("The lock can't be taken", e);
        }
    }

    /** Tells others who holds the lock, and keeps out whoever held it before; to be called when the tables are there. */
    void enter() {
        if (session == null) {
            throw new IllegalStateException("The lock is not held");
        }
        epoch = on(session)
                .queryForObject(
                        "UPDATE ledger_holder SET epoch = epoch + 1, backend = pg_backend_pid(), holder = ? RETURNING epoch",
                        Long.class,
                        LockFile.holder(clock.instant()));
    }

    /** Who has the lock; empty where nobody has, or where that can't be told yet. */
    public Optional<String> holder() {
        boolean known = Boolean.TRUE.equals(
                jdbc.queryForObject("SELECT to_regclass('ledger_holder') IS NOT NULL", Boolean.class));
        List<String> holders = known ? jdbc.queryForList(HOLDER, String.class) : List.of();
        return holders.stream().findFirst();
    }

    /**
     * Has the transaction that is under way fail unless this process has the lock, where it ever took it. It must write
     * nothing after that.
     *
     * @throws LockLostException if another process can have the lock by now
     */
    void check() {
        Long entered = epoch;
        if (entered != null && jdbc.queryForList(CHECK, entered).isEmpty()) {
            throw new LockLostException();
        }
    }

    @Override
    public void close() throws SQLException {
        if (session != null) {
            // Not to be given back to the pool with the lock.
            on(session).execute("SELECT pg_advisory_unlock_all()");
            session.close();
        }
    }

    private static JdbcTemplate on(Connection connection) {
        return new JdbcTemplate(new SingleConnectionDataSource(connection, true));
    }
}
