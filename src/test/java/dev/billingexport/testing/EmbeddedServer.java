package dev.billingexport.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A PostgreSQL of the oldest version that is supported, started once in a JVM and ended with it. */
public final class EmbeddedServer {

    /** Whom every database belongs to, and who needs no password; all others do. */
    public static final String USER = "postgres";

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private EmbeddedServer() {}

    private static final class Started {
        static final EmbeddedPostgres SERVER = start();
    }

    private static EmbeddedPostgres start() {
        try {
            // Durability is the server's affair, and would take most of the time.
            Path access = Files.createTempFile("pg_hba", ".conf");
            Files.writeString(
                    access, "local all all trust\nhost all postgres all trust\nhost all all all scram-sha-256\n");
            access.toFile().deleteOnExit();
            return EmbeddedPostgres.builder()
                    .setPGStartupWait(Duration.ofMinutes(1))
                    .setServerConfig("hba_file", access.toString())
                    .setServerConfig("fsync", "off")
                    .setServerConfig("max_connections", "300")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The URL of a new, empty database. */
    public static String newDatabase() {
        String name = "ledger_" + DATABASES.incrementAndGet();
        execute("CREATE DATABASE " + name);
        return url(name);
    }

    public static String url(String database) {
        return "jdbc:postgresql://localhost:" + Started.SERVER.getPort() + "/" + database;
    }

    /** What a query of one column finds. */
    public static List<String> column(String url, String sql) {
        List<String> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url, USER, "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return values;
    }

    /** Ends every session of a database, as the server does when it is shut down. */
    public static void disconnect(String url) {
        String database = url.substring(url.lastIndexOf('/') + 1);
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'");
    }

    /** Waits until a session of a database waits for a row's lock. */
    public static void awaitWaiting(String url) {
        execute(url, """
                DO $$ BEGIN
                  WHILE NOT EXISTS (SELECT 1 FROM pg_stat_activity
                                     WHERE datname = current_database() AND wait_event_type = 'Lock') LOOP
                    PERFORM pg_sleep(0.01);
                    PERFORM pg_stat_clear_snapshot();
                  END LOOP;
                END $$
                """);
    }

    /** Runs a statement as the server's administrator, outside of any ledger. */
    public static void execute(String sql) {
        execute(url("postgres"), sql);
    }

    /** Runs a statement in a database as the server's administrator. */
    public static void execute(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url, USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
