package dev.billingexport.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A PostgreSQL of the oldest version that is supported, started once in a JVM and ended with it. */
public final class EmbeddedServer {

    /** Whom every database belongs to; no password is asked for. */
    public static final String USER = "postgres";

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private EmbeddedServer() {}

    private static final class Started {
        static final EmbeddedPostgres SERVER = start();
    }

    private static EmbeddedPostgres start() {
        try {
            // Durability is the server's affair, and would take most of the time.
            return EmbeddedPostgres.builder()
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

    /** Runs a statement as the server's administrator, outside of any ledger. */
    public static void execute(String sql) {
        try (Connection connection = Started.SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
