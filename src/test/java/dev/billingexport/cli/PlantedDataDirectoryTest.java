package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.billingexport.ledger.DataDirectory;
import dev.billingexport.ledger.UntrustedDataDirectoryException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody else may have put into a data directory is neither read nor written. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such permissions")
class PlantedDataDirectoryTest {

    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void makeDataDirectory() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        Files.createFile(data.resolve("billing-export.lock"));
    }

    @ParameterizedTest
    @CsvSource({
        "., rwxrwxrwx",
        "., rwxr-xrwx",
        "., rwx----w-",
        "billing-export.lock, rw-rw-rw-",
        "billing-export.mv.db, rw----rw-",
        "billing-export.new.mv.db, rw-----w-",
        "work, rwxrwxrwx"
    })
    void whatOthersCanWriteIsNotUsed(String name, String permissions) throws IOException {
        Path place = data.resolve(name).normalize();
        if (name.equals("work")) {
            Files.createDirectory(place);
        } else if (!Files.exists(place)) {
            Files.createFile(place);
        }
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(permissions));

        assertRefused(place + " can be written by others (" + permissions + ")", "chmod go-w '" + place + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "billing-export.lock", "billing-export.mv.db", "work"})
    void whatBelongsToSomebodyElseIsNotUsed(String name) throws IOException {
        Path place = data.resolve(name).normalize();
        if (!Files.exists(place)) {
            Files.createDirectory(place);
        }
        try {
            Files.setAttribute(place, "unix:uid", 65_533);
        } catch (FileSystemException e) {
            assumeTrue(false, "only root can give a file to somebody else");
        }

        assertRefused(place + " belongs to 65533 and not to ", "export.data-dir");
    }

    @ParameterizedTest
    @ValueSource(strings = {"billing-export.lock", "billing-export.mv.db", "billing-export.new.mv.db", "work"})
    void aLinkIsNotFollowed(String name) throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "precious");
        Files.setPosixFilePermissions(victim, PosixFilePermissions.fromString("rw-r--r--"));
        Files.deleteIfExists(data.resolve(name));
        Files.createSymbolicLink(data.resolve(name), victim);

        assertRefused(data.resolve(name) + " is a symbolic link", "export.data-dir");
        assertThat(victim).hasContent("precious");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(victim)))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void aLinkToADataDirectoryIsNotFollowed() throws IOException {
        Path real = data;
        data = Files.createSymbolicLink(folder.resolve("link"), real);

        assertRefused(data + " is a symbolic link", "export.data-dir");
    }

    /** The database runs code that is kept in it, as soon as it is opened. */
    @Test
    void codeInAPlantedDatabaseDoesNotRun() throws IOException, SQLException {
        Path ran = folder.resolve("ran");
        try (Connection planted = DriverManager.getConnection("jdbc:h2:file:" + data.resolve("billing-export"));
                Statement sql = planted.createStatement()) {
            sql.execute("CREATE ALIAS PLANT AS 'void plant() throws Exception {"
                    + " java.nio.file.Files.createFile(java.nio.file.Path.of(\"" + ran + "\")); }'");
        }
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));

        for (String command :
                List.of("run --month=2026-10", "runs", "resume", "show 1", "purge --before=2026-11-01 --yes")) {
            Terminal.Screen screen = new Terminal(folder)
                    .set("ENABLEX_APP_ID", "id")
                    .set("ENABLEX_APP_KEY", "key")
                    .type(command.split(" "));

            assertThat(screen.exitCode()).as("%s: %s", command, screen).isEqualTo(2);
            assertThat(screen.err()).singleElement().asString().contains("can be written by others");
        }
        assertThat(ran).doesNotExist();
    }

    /** The umask of many systems lets the user's own group write, and Kubernetes does so at each mount. */
    @Test
    void theUsersOwnGroupMayWrite() throws IOException {
        assumeTrue(
                Files.getAttribute(data, "unix:gid").equals(Files.getAttribute(data, "unix:uid")),
                "the group has the user's number");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxr-x"));
        Files.setPosixFilePermissions(
                data.resolve("billing-export.lock"), PosixFilePermissions.fromString("rw-rw----"));

        assertThatCode(() -> DataDirectory.acquire(data, Clock.systemUTC()).close())
                .doesNotThrowAnyException();
    }

    @Test
    void anotherGroupMayNotWrite() throws IOException {
        try {
            Files.setAttribute(data, "unix:gid", 65_533);
        } catch (FileSystemException e) {
            assumeTrue(false, "only root can give a file to another group");
        }
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwx---"));

        assertRefused("can be written by others (rwxrwx---)", "chmod");
    }

    private void assertRefused(String complaint, String advice) {
        assertThatThrownBy(() -> DataDirectory.acquire(data, Clock.systemUTC()))
                .isInstanceOf(UntrustedDataDirectoryException.class)
                .hasMessageContainingAll(complaint, advice);
    }
}
