package dev.billingexport.ledger;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Checks a PostgreSQL server, and explains failures to the person who sets it up. */
public final class PostgresqlServer {

    private static final int OLDEST = 14;

    private PostgresqlServer() {}

    /**
     * Checks the version, the encoding and the schema.
     *
     * @throws DatabaseSetupException if one can't be used; the message says what to change
     */
    static void check(DataSource dataSource) {
        JdbcClient.create(dataSource)
                .sql("SELECT current_setting('server_version_num')::int / 10000 AS version, current_schema() AS schema,"
                        + " current_setting('server_version') AS said, current_setting('server_encoding') AS encoding")
                .query(row -> {
                    if (row.getInt("version") < OLDEST) {
                        throw new DatabaseSetupException("The database server is PostgreSQL " + row.getString("said")
                                + "; " + OLDEST + " is the oldest that can be used."
                                + " Let spring.datasource.url name a newer one.");
                    }
                    if (!row.getString("encoding").equals("UTF8")) {
                        throw new DatabaseSetupException("The database's encoding is " + row.getString("encoding")
                                + ", which can't hold every text. Create one with: CREATE DATABASE name ENCODING 'UTF8'"
                                + " TEMPLATE template0; and let spring.datasource.url name it.");
                    }
                    if (row.getString("schema") == null) {
                        throw new DatabaseSetupException("The schema that the user's search_path or currentSchema in"
                                + " spring.datasource.url names is not there, or the user may not use it. Create it with:"
                                + " CREATE SCHEMA name AUTHORIZATION user;");
                    }
                });
    }

    /**
     * Opens the ledger for the first time in this process.
     *
     * @param opening opens it
     * @throws DatabaseSetupException if that fails for a reason that the setup can correct
     */
    public static void open(String url, String user, Runnable opening) {
        try {
            opening.run();
        } catch (RuntimeException e) {
            DatabaseSetupException explained = explained(e, url, user);
            throw explained == null ? e : explained;
        }
    }

    /**
     * Returns what is wrong with the setup after a failure at any time, and what to change, as a clause that follows the
     * database's name; null where the cause is another.
     */
    public static @Nullable String advice(Throwable failure) {
        return cause(failure).map(cause -> advice(cause.getSQLState())).orElse(null);
    }

    /** Returns what to change after a failure to open the database; null where the cause is another. */
    private static @Nullable DatabaseSetupException explained(Throwable failure, String url, String user) {
        return cause(failure)
                .map(cause -> explained(cause, DatabaseUrl.name(url), user))
                .orElse(null);
    }

    private static Optional<SQLException> cause(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .filter(cause -> cause.getSQLState() != null)
                .reduce((outer, inner) -> inner);
    }

    private static @Nullable String advice(String state) {
        return switch (state) {
            case "25006" ->
                "can only be read. Let spring.datasource.url name the primary server and not a standby, and let neither"
                        + " the user, the database nor the server set default_transaction_read_only: ALTER ROLE name"
                        + " SET default_transaction_read_only = off";
            case "53300" ->
                "has no connection left. Raise max_connections; a process of this program takes up to 40, a worker up to 6";
            case "26000", "42P05" ->
                "is behind a pooler that gives each transaction another session. Set the pooler to session mode, or let"
                        + " spring.datasource.url name the server itself";
            default -> null;
        };
    }

    private static @Nullable DatabaseSetupException explained(SQLException cause, String database, String user) {
        String state = cause.getSQLState();
        String advice = switch (state) {
            case "28P01", "28000", "08004" ->
                "refuses the user " + user + ". Set spring.datasource.username, and the password in"
                        + " SPRING_DATASOURCE_PASSWORD; pg_hba.conf must let the user in";
            case "3D000" ->
                "is not there. Create it with: CREATE DATABASE name OWNER " + user + " ENCODING 'UTF8' TEMPLATE"
                        + " template0; or let spring.datasource.url name another";
            case "42501" ->
                "gives the user " + user + " too few rights. It must be able to create tables: GRANT CREATE,"
                        + " USAGE ON SCHEMA public TO " + user
                        + "; or CREATE SCHEMA AUTHORIZATION " + user + ";";
            default ->
                state.startsWith("08")
                        ? "can't be reached. Check host and port in spring.datasource.url, and the network"
                        : advice(state);
        };
        return advice == null
                ? null
                : new DatabaseSetupException(
                        "The database " + database + " " + advice + ". It says: " + cause.getMessage(), cause);
    }
}
