package dev.billingexport.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-02T04:30:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void itIsCreatedForItsOwnerAlone() throws IOException {
        Path data = folder.resolve("a/data");
        assertThat(DataDirectory.exists(data)).isFalse();

        try (DataDirectory directory = DataDirectory.acquire(data, CLOCK)) {
            assertThat(DataDirectory.exists(data)).isTrue();
            assertThat(directory.work("run-1")).isEqualTo(data.resolve("work/run-1"));
            if (Files.getFileStore(data).supportsFileAttributeView("posix")) {
                assertThat(Files.getPosixFilePermissions(data))
                        .isEqualTo(Set.of(
                                PosixFilePermission.OWNER_READ,
                                PosixFilePermission.OWNER_WRITE,
                                PosixFilePermission.OWNER_EXECUTE));
            }
        }
    }

    /** A process that is killed while it makes tables would else leave a database that is refused. */
    @Test
    void aDatabaseIsThereWithAllItsTablesOrNotAtAll() throws IOException {
        try (DataDirectory directory = DataDirectory.acquire(folder, CLOCK)) {
            directory.openDatabase(() -> {});
        }
        Flyway flyway = Migrations.configuration("h2")
                .dataSource(DataDirectory.url(folder), null, null)
                .load();

        assertThat(flyway.info().applied()).isNotEmpty();
        assertThat(flyway.info().pending()).isEmpty();
        flyway.validate();
    }

    @Test
    void itIsHeldOnceInAProcess() throws IOException {
        try (DataDirectory first = DataDirectory.acquire(folder, CLOCK)) {
            assertThat(first.work("run-1")).isEqualTo(folder.resolve("work/run-1"));
            assertThatThrownBy(() -> DataDirectory.acquire(folder, CLOCK))
                    .isInstanceOf(DataDirectoryInUseException.class)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid())
                    .hasMessageContaining("since 2026-11-02T04:30:00Z")
                    .hasMessageContaining("export.data-dir");
        }
        DataDirectory.acquire(folder, CLOCK).close();
    }

    @Test
    void itIsHeldByOneProcessUntilThatDies() throws Exception {
        Process holder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        classes(DataDirectory.class) + File.pathSeparator + classes(Holder.class),
                        Holder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo("held");
            assertThatThrownBy(() -> DataDirectory.acquire(folder, CLOCK))
                    .isInstanceOf(DataDirectoryInUseException.class)
                    .hasMessageContaining("in use by process " + holder.pid());
        } finally {
            holder.destroyForcibly().waitFor();
        }

        DataDirectory.acquire(folder, CLOCK).close();
    }

    @Test
    void aShorterHolderReplacesALongerOneWhole() throws IOException {
        Files.writeString(folder.resolve("billing-export.lock"), "x".repeat(500));

        try (DataDirectory held = DataDirectory.acquire(folder, CLOCK)) {
            assertThat(held.work("run-1")).isEqualTo(folder.resolve("work/run-1"));
            assertThat(Files.readString(folder.resolve("billing-export.lock")))
                    .startsWith("process ")
                    .doesNotContain("xx");
        }
    }

    @Test
    void aPlaceThatIsNoFolderIsRefusedByName() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> DataDirectory.acquire(file, CLOCK))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("data directory " + file);
    }

    private static String classes(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }

    /** A second process: holds the folder until it is killed. */
    static final class Holder {

        public static void main(String[] arguments) throws IOException {
            try (DataDirectory held = DataDirectory.acquire(Path.of(arguments[0]), CLOCK)) {
                System.out.println("held");
                System.in.transferTo(System.out);
                held.work("run-1");
            }
        }
    }
}
