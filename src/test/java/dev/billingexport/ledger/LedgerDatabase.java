package dev.billingexport.ledger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.zaxxer.hikari.HikariDataSource;
import dev.billingexport.session.Period;
import dev.billingexport.testing.EmbeddedServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

/** The ledger on a database in a file, which the real migrations made. */
public final class LedgerDatabase implements AutoCloseable {

    private static final Instant CREATED = Instant.parse("2026-11-02T04:30:00Z");

    static {
        ((Logger) LoggerFactory.getLogger("org.flywaydb")).setLevel(Level.ERROR);
    }

    private final AnnotationConfigApplicationContext context;
    /** The databases on the server, by the folders that those of H2 would lie in. */
    private static final Map<Path, String> URLS = new ConcurrentHashMap<>();

    private final Runnable death;
    private final Runnable end;
    private final AtomicInteger runs = new AtomicInteger();

    private LedgerDatabase(DataSource pool, Runnable death, Runnable end) {
        this.death = death;
        this.end = end;
        context = new AnnotationConfigApplicationContext();
        context.registerBean(DataSource.class, () -> pool);
        context.register(Parts.class);
        context.refresh();
    }

    static LedgerDatabase open(Path folder) {
        JdbcConnectionPool pool = JdbcConnectionPool.create(DataDirectory.url(folder), "sa", "");
        Migrations.configuration("h2").dataSource(pool).load().migrate();
        return new LedgerDatabase(pool, () -> shutDown(pool), pool::dispose);
    }

    /** Opens a vendor's database that belongs to a folder, and makes it where it isn't there. */
    public static LedgerDatabase open(Vendor vendor, Path folder) {
        if (vendor == Vendor.H2) {
            return open(folder);
        }
        String url = URLS.computeIfAbsent(folder, none -> EmbeddedServer.newDatabase());
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setUsername(EmbeddedServer.USER);
        DataSource dataSource = LedgerConfiguration.onPostgresql(pool);
        Migrations.configuration("postgresql").dataSource(dataSource).load().migrate();
        return new LedgerDatabase(
                dataSource,
                () -> {
                    EmbeddedServer.disconnect(url);
                    pool.close();
                },
                pool::close);
    }

    Ledger ledger() {
        return context.getBean(Ledger.class);
    }

    LedgerContents contents() {
        return context.getBean(LedgerContents.class);
    }

    Runs runs() {
        return context.getBean(Runs.class);
    }

    WindowLeases leases() {
        return context.getBean(WindowLeases.class);
    }

    Workers workers() {
        return context.getBean(Workers.class);
    }

    public RequestTurns requestTurns() {
        return context.getBean(RequestTurns.class);
    }

    public JdbcClient sql() {
        return context.getBean(JdbcClient.class);
    }

    TransactionTemplate transactions() {
        return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    /** A run of October 2026 that nothing was collected for. */
    Run newRun() {
        RunKey key =
                new RunKey("run-" + runs.incrementAndGet(), Period.of(YearMonth.of(2026, 10), ZoneOffset.UTC), "s", 1);
        return runs().create(key, List.of(), CREATED);
    }

    /** Ends the database, or all connections to it, as the death of the process does: nothing more is written. */
    void tearAway() {
        death.run();
    }

    private static void shutDown(JdbcConnectionPool pool) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN IMMEDIATELY");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        context.close();
        end.run();
    }

    /** No component: the application of other tests, which is looked for in this package, must not find it. */
    @EnableTransactionManagement(proxyTargetClass = true)
    @Import({
        Ledger.class,
        LedgerContents.class,
        LedgerTransactions.class,
        ListedValues.class,
        Runs.class,
        SessionTables.class,
        WindowLeases.class,
        Workers.class,
        RequestTurns.class
    })
    static class Parts {

        @Bean
        JdbcTemplate jdbcTemplate(DataSource dataSource) {
            return new JdbcTemplate(dataSource);
        }

        @Bean
        JdbcClient jdbcClient(JdbcTemplate template) {
            return JdbcClient.create(template);
        }

        @Bean
        Dialect dialect(DataSource dataSource, JdbcTemplate template) {
            return Dialect.of(dataSource, template);
        }
    }
}
