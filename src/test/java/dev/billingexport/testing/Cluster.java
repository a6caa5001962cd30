package dev.billingexport.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** A database and a broker of their own, which can be restarted, and processes of the program that share them. */
public final class Cluster implements AutoCloseable {

    private static final String USER = "postgres";

    private final Path folder;
    private final URI api;
    private final EmbeddedBroker broker;
    private List<String> settings;
    private EmbeddedPostgres server;

    private Cluster(Path folder, URI api, List<String> settings) {
        this.folder = folder;
        this.api = api;
        this.settings = settings;
        broker = EmbeddedBroker.start(folder.resolve("broker"));
        server = start(0);
        // What the first run would do: workers wait for it.
        Flyway.configure()
                .dataSource(url(), USER, "")
                .locations("classpath:db/migration/postgresql")
                .load()
                .migrate();
    }

    /** @param settings more variables for every process, as {@code NAME=value} */
    public static Cluster start(Path folder, URI api, String... settings) {
        return new Cluster(folder, api, List.of(settings));
    }

    /** Gives other variables to the processes that are started from now on, in place of those before. */
    public void set(String... others) {
        settings = List.of(others);
    }

    /** The process that launches; it delivers to the folder {@code out} of its home. */
    public BillingProcess manager(Path home, String... arguments) {
        return BillingProcess.start(home, environment(), arguments);
    }

    /**
     * Starts a process that works on windows.
     *
     * @param more variables of this process alone, as {@code NAME=value}
     */
    public BillingProcess worker(String... more) {
        Map<String, String> environment = environment();
        for (String variable : more) {
            String[] parts = variable.split("=", 2);
            environment.put(parts[0], parts[1]);
        }
        return BillingProcess.start(folder, environment, "worker");
    }

    /** What all of them see. */
    public Map<String, String> environment() {
        Map<String, String> environment = BillingProcess.connect(api, settings.toArray(String[]::new));
        properties()
                .forEach((name, value) ->
                        environment.put(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value));
        return environment;
    }

    /** The properties that lead a process to the broker and the database. */
    public Map<String, String> properties() {
        return Map.of(
                "export.workers.broker-url",
                broker.url() + "?connectionTtl=3000",
                "export.workers.username",
                EmbeddedBroker.USER,
                "export.workers.password",
                EmbeddedBroker.PASSWORD,
                "spring.datasource.url",
                url(),
                "spring.datasource.username",
                USER);
    }

    public EmbeddedBroker broker() {
        return broker;
    }

    /** Ends the database in the middle of everything, and starts it again with what was committed. */
    public void restartDatabase() {
        int port = server.getPort();
        closeDatabase();
        server = start(port);
    }

    /** Forgets all runs; the workers stay. */
    public void forgetRuns() {
        query("DELETE FROM run");
        query("TRUNCATE batch_job_instance CASCADE");
    }

    /** The rows of a query, each as one text; none where it is no query or there is no such table yet. */
    public List<String> query(String sql) {
        try (Connection connection = DriverManager.getConnection(url(), USER, "");
                Statement statement = connection.createStatement()) {
            List<String> rows = new ArrayList<>();
            if (statement.execute(sql)) {
                ResultSet result = statement.getResultSet();
                while (result.next()) {
                    StringBuilder row = new StringBuilder();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        row.append(result.getString(i)).append('|');
                    }
                    rows.add(row.toString());
                }
            }
            return rows;
        } catch (SQLException e) {
            // Undefined table.
            if ("42P01".equals(e.getSQLState())) {
                return List.of();
            }
            throw new AssertionError(e);
        }
    }

    private String url() {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
    }

    private EmbeddedPostgres start(int port) {
        try {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(folder.resolve("database"))
                    .setCleanDataDirectory(false)
                    .setServerConfig("fsync", "off")
                    .setPort(port)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void closeDatabase() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closeDatabase();
        broker.close();
    }
}
