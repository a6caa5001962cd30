package dev.billingexport.job;

import dev.billingexport.BillingExport;
import dev.billingexport.api.Credentials;
import dev.billingexport.delivery.Delivery;
import dev.billingexport.delivery.Manifest;
import dev.billingexport.ledger.DataDirectory;
import dev.billingexport.ledger.Ledger;
import dev.billingexport.ledger.LedgerContents;
import dev.billingexport.ledger.Run;
import dev.billingexport.ledger.RunKey;
import dev.billingexport.ledger.Runs;
import dev.billingexport.run.ExportLauncher;
import dev.billingexport.run.Outcome;
import dev.billingexport.sample.SampleAccount;
import dev.billingexport.session.Period;
import dev.billingexport.session.Scope;
import dev.billingexport.testing.FakeApi;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * What a process of the program is, within the test's own: all its parts over the data directory {@code home/data},
 * delivering to {@code home/out}. It launches one run. Closing it is its orderly end, {@link #kill} its death.
 */
final class ExportProcess implements AutoCloseable {

    static final Period OCTOBER = Period.of(YearMonth.of(2026, 10), ZoneOffset.UTC);

    private static final Instant CREATED = Instant.parse("2026-11-02T04:30:00Z");

    private final MortalDatabase database = new MortalDatabase();
    private final ConfigurableApplicationContext context;

    private ExportProcess(Map<String, String> settings, Credentials credentials, Clock clock) {
        Path data = Path.of(settings.get("export.data-dir"));
        settings.put("spring.datasource.url", DataDirectory.url(data));
        SpringApplication application = new SpringApplication(BillingExport.class);
        application.addInitializers(initialized -> {
            GenericApplicationContext beans = (GenericApplicationContext) initialized;
            beans.registerBean(DataDirectory.class, () -> DataDirectory.acquire(data, beans.getBean(Clock.class)));
            beans.registerBean(Credentials.class, () -> credentials);
            beans.registerBean(MortalDatabase.class, () -> database);
            beans.registerBean(ClockOfTheTest.class, () -> new ClockOfTheTest(clock));
        });
        context = application.run(settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new));
        get(DataDirectory.class);
    }

    /**
     * @param settings more properties, as {@code name=value}; requests are tried once unless one of them says otherwise
     */
    static ExportProcess start(Path home, FakeApi api, String... settings) {
        return start(home, api.baseUrl(), Credentials.from(SampleAccount.basicCredentials()), settings);
    }

    static ExportProcess start(Path home, URI baseUrl, Credentials credentials, String... settings) {
        return start(home, baseUrl, credentials, Clock.systemUTC(), settings);
    }

    /** One that lives at another time. */
    static ExportProcess start(Path home, FakeApi api, Clock clock, String... settings) {
        return start(home, api.baseUrl(), Credentials.from(SampleAccount.basicCredentials()), clock, settings);
    }

    private static ExportProcess start(
            Path home, URI baseUrl, Credentials credentials, Clock clock, String... settings) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("export.data-dir", home.resolve("data").toString());
        all.put("export.delivery.location", home.resolve("out").toUri().toString());
        all.put("export.source.base-url", baseUrl.toString());
        all.put("export.source.max-attempts", "1");
        all.put("export.report.formats", "csv");
        // What Spring has to say of a database that is killed.
        all.put("logging.level.org.springframework", "OFF");
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            all.put(parts[0], parts[1]);
        }
        return new ExportProcess(all, credentials, clock);
    }

    <T> T get(Class<T> part) {
        return context.getBean(part);
    }

    /** The run of October, entered if it isn't there yet. */
    Run october(int revision) {
        return run(OCTOBER, revision);
    }

    Run run(Period period, int revision) {
        RunKey key = new RunKey(
                get(ExportProperties.class).name(), period, get(Scope.class).fingerprint(), revision);
        Runs runs = get(Runs.class);
        return runs.find(key).orElseGet(() -> runs.create(key, List.of(), CREATED));
    }

    Outcome launch(Run run) {
        return get(ExportLauncher.class).launch(run, false, false);
    }

    Outcome launchAccepting(Run run) {
        return get(ExportLauncher.class).launch(run, false, true);
    }

    /** Launches a run that doesn't see its end, since something kills the process before. */
    void launchToDeath(Run run) {
        if (!launchDies(run)) {
            throw new AssertionError("Nothing killed the process");
        }
    }

    /** Launches a run, and says whether something killed the process meanwhile. */
    boolean launchDies(Run run) {
        try {
            launch(run);
        } catch (RuntimeException e) {
            // What a dead database does to those who still use it.
        }
        return database.dead;
    }

    /** Starts the job as Batch does, without what {@link ExportLauncher} does before. */
    JobExecution startPlain(Run run) throws Exception {
        return get(JobOperator.class).start(get(Job.class), ExportParameters.of(run.key()));
    }

    /** Ends the database as {@code kill -9} does: what is committed stays, and nobody can tell it how things went on. */
    void kill() {
        database.kill();
    }

    /**
     * Dies at a commit to come.
     *
     * @param number from 1, of all that this process makes from now on
     * @param after whether the commit is made before that
     */
    void killAtCommit(int number, boolean after) {
        database.killAtCommit(number, after);
    }

    Ledger ledger() {
        return get(Ledger.class);
    }

    LedgerContents contents() {
        return get(LedgerContents.class);
    }

    JobRepository repository() {
        return get(JobRepository.class);
    }

    JdbcClient sql() {
        return get(JdbcClient.class);
    }

    /** The manifest that readers of October follow. */
    Optional<Manifest> current() {
        return get(Delivery.class).current(get(ExportProperties.class).name(), OCTOBER.label());
    }

    @Override
    public void close() {
        context.close();
    }

    /** Replaces the program's clock. */
    private record ClockOfTheTest(Clock clock) implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return bean instanceof Clock ? clock : bean;
        }
    }

    /** Stands before the pool of connections, and can die. */
    private static final class MortalDatabase implements BeanPostProcessor {

        private volatile DataSource pool;
        private volatile boolean dead;
        private int commitsLeft = Integer.MAX_VALUE;
        private boolean afterCommit;

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (!(bean instanceof DataSource living)) {
                return bean;
            }
            pool = living;
            return new DelegatingDataSource(living) {
                @Override
                public Connection getConnection() throws SQLException {
                    if (dead) {
                        throw new SQLException("The process was killed");
                    }
                    return mortal(super.getConnection());
                }
            };
        }

        synchronized void killAtCommit(int number, boolean after) {
            commitsLeft = number;
            afterCommit = after;
        }

        private synchronized boolean isFatal() {
            return --commitsLeft == 0;
        }

        private Connection mortal(Connection connection) {
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        boolean fatal = method.getName().equals("commit") && isFatal();
                        if (fatal && !afterCommit) {
                            kill();
                        }
                        try {
                            Object result = method.invoke(connection, arguments);
                            if (fatal) {
                                kill();
                                throw new SQLException("The process was killed");
                            }
                            return result;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        synchronized void kill() {
            if (dead) {
                return;
            }
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                dead = true;
                statement.execute("SHUTDOWN IMMEDIATELY");
            } catch (SQLException e) {
                if (!dead) {
                    throw new AssertionError(e);
                }
            }
        }
    }
}
