package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.testing.EmbeddedServer;
import dev.billingexport.testing.FolderContents;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever sets PostgreSQL up is told what is missing, and no password. */
class DatabaseSetupTest {

    private static final String[] PURGE = {"purge", "--before", "2026-01-01", "--yes"};
    private static final String PASSWORD = "top-secret";

    @TempDir
    private Path folder;

    private String url;

    @BeforeAll
    static void createUser() {
        EmbeddedServer.execute("CREATE ROLE clerk LOGIN PASSWORD '" + PASSWORD + "'");
    }

    @BeforeEach
    void createDatabase() {
        url = EmbeddedServer.newDatabase();
    }

    @Test
    void aWrongPassword() {
        assertThatItIsRefused(url, "clerk", PASSWORD + "-once", "refuses the user clerk", "SPRING_DATASOURCE_PASSWORD");
    }

    @Test
    void whoOnlyLooksIsToldToo() {
        Terminal.Screen screen = terminal(url, "clerk", PASSWORD + "-once").type("runs");

        assertThat(screen.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).singleElement().asString().contains("refuses the user clerk");
    }

    /** A run that can't begin leaves nothing behind. */
    @Test
    void aRunIsToldToo() {
        Terminal.Screen screen =
                terminal(url, "clerk", PASSWORD + "-once").type("run", "--sample", "--month", "2026-10");

        assertThat(screen.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).singleElement().asString().contains("refuses the user clerk");
        assertThat(FolderContents.names(folder.resolve("out"))).isEmpty();
    }

    @Test
    void anEmptyDatabaseHasNoRuns() {
        Terminal.Screen screen = terminal(url, "clerk", PASSWORD).type("runs");

        assertThat(screen.exitCode()).isZero();
        assertThat(screen.out()).containsExactly("There are no runs in " + url + " yet.");
    }

    @Test
    void noPassword() {
        assertThatItIsRefused(url, "clerk", "", "refuses the user clerk", "SPRING_DATASOURCE_PASSWORD");
    }

    @Test
    void noSuchDatabase() {
        assertThatItIsRefused(
                EmbeddedServer.url("nobody_made_it"), "clerk", PASSWORD, "is not there", "CREATE DATABASE");
    }

    @Test
    void noSuchServer() {
        assertThatItIsRefused(
                "jdbc:postgresql://localhost:1/billing",
                "clerk",
                PASSWORD,
                "can't be reached",
                "spring.datasource.url");
    }

    @Test
    void noSuchHost() {
        assertThatItIsRefused(
                "jdbc:postgresql://no-such-host.invalid/billing",
                "clerk",
                PASSWORD,
                "can't be reached",
                "spring.datasource.url");
    }

    @Test
    void noRightToCreateTables() {
        EmbeddedServer.execute(url, "REVOKE CREATE ON SCHEMA public FROM PUBLIC");

        assertThatItIsRefused(
                url, "clerk", PASSWORD, "too few rights", "GRANT CREATE, USAGE ON SCHEMA public TO clerk");
    }

    @Test
    void noSuchSchema() {
        assertThatItIsRefused(url + "?currentSchema=billing", "clerk", PASSWORD, "currentSchema", "CREATE SCHEMA");
    }

    @Test
    void anEncodingThatCantHoldEveryText() {
        EmbeddedServer.execute(
                "CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");

        assertThatItIsRefused(EmbeddedServer.url("latin"), "clerk", PASSWORD, "encoding is LATIN1", "ENCODING 'UTF8'");
    }

    @Test
    void aDatabaseThatCanOnlyBeRead() {
        EmbeddedServer.execute(url, "GRANT CREATE, USAGE ON SCHEMA public TO clerk");
        EmbeddedServer.execute(
                "ALTER DATABASE %s SET default_transaction_read_only = on".formatted(url.replaceFirst(".*/", "")));

        assertThatItIsRefused(url, "clerk", PASSWORD, "can only be read", "default_transaction_read_only = off");
    }

    /** No pooler is at hand: a trigger says what the server says to one that is in transaction mode. */
    @ParameterizedTest
    @ValueSource(strings = {"26000", "42P05"})
    void aPoolerInTransactionMode(String state) {
        EmbeddedServer.execute(url, "GRANT CREATE, USAGE ON SCHEMA public TO clerk");
        terminal(url, "clerk", PASSWORD).type(PURGE);
        EmbeddedServer.execute(url, """
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                  'BEGIN RAISE EXCEPTION ''prepared statement "S_1"'' USING ERRCODE = ''%s''; END';
                CREATE TRIGGER refuse BEFORE UPDATE ON ledger_holder FOR EACH ROW EXECUTE FUNCTION refuse();
                """.formatted(state));

        assertThatItIsRefused(url, "clerk", PASSWORD, "behind a pooler", "session mode");
    }

    /** No older server is at hand: this one claims to be one. */
    @Test
    void aServerThatIsTooOld() {
        EmbeddedServer.execute(url, """
                CREATE SCHEMA older;
                GRANT USAGE ON SCHEMA older TO clerk;
                CREATE FUNCTION older.current_setting(name text) RETURNS text LANGUAGE sql AS
                  'SELECT CASE name WHEN ''server_version_num'' THEN ''130018'' WHEN ''server_version'' THEN ''13.18''
                          ELSE pg_catalog.current_setting(name) END';
                """);
        EmbeddedServer.execute(
                url,
                "ALTER ROLE clerk IN DATABASE %s SET search_path = older, pg_catalog"
                        .formatted(url.substring(url.lastIndexOf('/') + 1)));

        assertThatItIsRefused(
                url, "clerk", PASSWORD, "is PostgreSQL 13.18", "14 is the oldest", "spring.datasource.url");
    }

    @Test
    void theRightOnesAreTaken() {
        EmbeddedServer.execute(url, "GRANT CREATE, USAGE ON SCHEMA public TO clerk");

        assertThat(terminal(url, "clerk", PASSWORD).type(PURGE).err()).isEmpty();
    }

    @Test
    void tablesOfAnotherVersion() {
        EmbeddedServer.execute(url, "GRANT CREATE, USAGE ON SCHEMA public TO clerk");
        terminal(url, "clerk", PASSWORD).type(PURGE);
        EmbeddedServer.execute(url, "UPDATE flyway_schema_history SET checksum = 1");

        assertThatItIsRefused(url, "clerk", PASSWORD, "another version of this program", "spring.datasource.url");
    }

    /** By commands that read, write and run alike: they open the ledger in one way. */
    private void assertThatItIsRefused(String url, String user, String password, String... words) {
        Terminal.Screen screen = terminal(url, user, password).type(PURGE);

        assertThat(screen.exitCode()).as("%s", screen).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).singleElement().asString().contains(words);
        assertThat(screen.toString()).doesNotContain(PASSWORD);
    }

    private Terminal terminal(String url, String user, String password) {
        return new Terminal(folder)
                .set("spring.datasource.url", url)
                .set("spring.datasource.username", user)
                .set("spring.datasource.password", password);
    }
}
