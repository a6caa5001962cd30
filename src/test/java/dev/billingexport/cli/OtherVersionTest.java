package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.ledger.DataDirectory;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data directory that another version made is refused with what to do, and still serves that version afterwards. */
class OtherVersionTest {

    @TempDir
    private Path folder;

    private Terminal terminal;
    private Path data;

    @BeforeEach
    void sitDown() {
        data = folder.resolve("data");
        terminal = new Terminal(folder)
                .set("export.source.base-url", "http://localhost:1")
                .set("ENABLEX_APP_ID", "id")
                .set("ENABLEX_APP_KEY", "key");
    }

    /** As version 0.1.0 left it, which had nine migrations, after a run of the sample's month. */
    @Test
    void oneFromBeforeTheFirstReleaseIsRefusedAndNotDamaged() throws Exception {
        Files.createDirectories(data);
        Files.createFile(data.resolve("billing-export.lock"));
        try (InputStream database =
                new GZIPInputStream(OtherVersionTest.class.getResourceAsStream("version-0.1.0.mv.db.gz"))) {
            Files.copy(database, Path.of(DataDirectory.database(data) + ".mv.db"));
        }

        assertThatItIsRefused("runs");
        assertThatItIsRefused("show", "1");
        assertThatItIsRefused("purge", "--before", "2026-11-01", "--yes");
        assertThatItIsRefused("run", "--month", "2026-10");

        assertThat(number("SELECT COUNT(*) FROM session")).isEqualTo(40);
        // Its nine migrations and the row that Flyway begins with.
        assertThat(number("SELECT COUNT(*) FROM \"flyway_schema_history\" WHERE \"success\""))
                .isEqualTo(10);
        assertThat(number("SELECT COUNT(*) FROM \"flyway_schema_history\"")).isEqualTo(10);
    }

    @Test
    void oneOfANewerVersionIsRefused() throws Exception {
        data = folder.resolve("data/sample");
        assertThat(terminal.type("run", "--sample", "--format=csv").exitCode()).isZero();
        change("INSERT INTO \"flyway_schema_history\" VALUES (99, '99', 'of the future', 'SQL', 'V99__future.sql', 1,"
                + " 'sa', CURRENT_TIMESTAMP, 1, TRUE)");

        assertThatItIsRefused("runs");

        change("DELETE FROM \"flyway_schema_history\" WHERE \"installed_rank\" = 99");
        assertThat(terminal.type("runs").exitCode()).isZero();
    }

    private void assertThatItIsRefused(String... command) {
        Terminal.Screen screen = terminal.type(command);

        assertThat(screen.exitCode()).as("%s", screen).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err())
                .singleElement()
                .asString()
                .startsWith("The data directory " + data + " was created by another version")
                .contains("Nothing in it was changed", "export.data-dir", "finished with the version that began them");
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(DataDirectory.url(data));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(DataDirectory.url(data));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
