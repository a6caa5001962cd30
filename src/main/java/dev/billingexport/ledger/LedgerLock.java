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
 * The lock of a ledger on PostgreSQL, which allows one process at a time to launch runs: an advisory lock of the
 * database, one for each schema. It ends with its database session, a connection used for nothing else. H2 needs none,
 * because the data directory's lock covers its database.
 *
 * <p>The session may end while the process lives and has open transactions on other connections. Each process that
 * acquires the lock therefore increments the ledger's epoch. {@link #check} makes a transaction lock the epoch's row
 * until its end and fails if the lock or the epoch is no longer this process's; a process that increments the epoch
 * waits for transactions that passed the check before. Thread-safe.
 */
@Component
public class LedgerLock implements AutoCloseable {

    /**
     * Identifies the lock together with the schema's number. Any number that no other program uses in this database.
     */
    private static final int NAME = 0x62696c6c;

    private static final String LOCK = """
            SELECT pg_try_advisory_lock(%d, oid::int) FROM pg_namespace WHERE nspname = current_schema()
            """.formatted(NAME);

    /** The lock of this schema. The value of objsubid distinguishes locks with two keys from those with one. */
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
        // Not the application context's template, which requires the tables.
        this.jdbc = new JdbcTemplate(dataSource);
        this.url = url;
        this.clock = clock;
    }

    /**
     * Acquires the lock without waiting.
     *
     * @throws DatabaseInUseException if another process holds it; the message names that process
     */
    void acquire() {
        // Not by DataSourceUtils: the connection belongs to no transaction and is kept until the end.
        try {
            Connection opened = dataSource.getConnection();
            if (!Boolean.TRUE.equals(on(opened).queryForObject(LOCK, Boolean.class))) {
                opened.close();
                throw new DatabaseInUseException(DatabaseUrl.name(url), holder().orElse("another process"));
            }
            session = opened;
            // It is idle for as long as the run takes.
            on(opened).execute("SET idle_session_timeout = 0");
        } catch (SQLException e) {
            throw new CannotGetJdbcConnectionException("The lock can't be taken", e);
        }
    }

    /** Stores who holds the lock and excludes its former holder. To be called when the tables exist. */
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

    /** Returns who holds the lock; empty where there is no holder or no table yet. */
    public Optional<String> holder() {
        boolean known = Boolean.TRUE.equals(
                jdbc.queryForObject("SELECT to_regclass('ledger_holder') IS NOT NULL", Boolean.class));
        List<String> holders = known ? jdbc.queryForList(HOLDER, String.class) : List.of();
        return holders.stream().findFirst();
    }

    /**
     * Fails the present transaction unless this process holds the lock, if it ever acquired it. The transaction must
     * not write after this check.
     *
     * @throws LockLostException if another process may hold the lock by now
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
            // The connection must not return to the pool with the lock.
            on(session).execute("SELECT pg_advisory_unlock_all()");
            session.close();
        }
    }

    private static JdbcTemplate on(Connection connection) {
        return new JdbcTemplate(new SingleConnectionDataSource(connection, true));
    }
}
