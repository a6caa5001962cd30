package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the umask and the folders that were there, nobody else can read a file of the program's, at no time. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it knows no umask")
class OwnerOnlyTest {

    private static final String[] RUN = {"run", "--sample", "--from", "2026-10-05", "--to", "2026-10-08"};

    @TempDir
    private Path folder;

    private Path data;
    private Path out;
    private final Set<String> seen = new TreeSet<>();
    private final Set<String> open = new TreeSet<>();

    @BeforeEach
    void prepare() {
        data = folder.resolve("data");
        out = folder.resolve("out");
    }

    @Test
    void whateverTheUmask() throws IOException {
        run(RUN);

        assertThat(open).isEmpty();
        assertThat(seen)
                .contains(
                        "data",
                        "data/billing-export.lock",
                        "data/billing-export.mv.db",
                        "data/work",
                        "data/work/run-1",
                        "data/work/run-1/sessions.csv",
                        "out",
                        "out/billing/2026-10-05_2026-10-08/manifest.json",
                        "out/billing/2026-10-05_2026-10-08/r1/report.html");
        assertThat(seen).as("was looked at while files were made").anyMatch(name -> name.endsWith(".part"));

        run(Stream.concat(Stream.of(RUN), Stream.of("--rerun", "--format=csv")).toArray(String[]::new));
        assertThat(open).isEmpty();
        assertThat(seen)
                .as("what the comparison with the earlier revision needs")
                .contains("data/work/run-2/.amended/comparison.mv", "data/work/run-2/.amended/amendments.csv");

        // H2 rewrites the database to another file when space is given back.
        allow(data.resolve("billing-export.lock"), "rw-rw-rw-");
        allow(data.resolve("billing-export.mv.db"), "rw-r--r--");
        run("purge", "--before", "2026-11-01", "--yes");
        assertThat(open)
                .as("before they were taken back")
                .isSubsetOf("data/billing-export.lock", "data/billing-export.mv.db");
        open.clear();
        look();
        assertThat(open).isEmpty();
    }

    @Test
    void inFoldersThatEverybodyMayRead() throws IOException {
        List<Path> wide = List.of(data, data.resolve("work"), out, out.resolve("billing"));
        for (Path path : wide) {
            allow(Files.createDirectory(path), "rwxrwxrwx");
        }

        Terminal.Screen screen = new Terminal(folder)
                .type(Stream.concat(Stream.of(RUN), Stream.of("--format=csv")).toArray(String[]::new));
        assertThat(screen.exitCode()).as("%s", screen).isZero();
        look();

        assertThat(seen).contains("out/billing/2026-10-05_2026-10-08/manifest.json");
        assertThat(open).containsExactlyInAnyOrder("data", "data/work", "out", "out/billing");
    }

    private void run(String... arguments) {
        try (BillingProcess process = BillingProcess.startUnder("0000", folder, Map.of(), arguments)) {
            while (process.isAlive()) {
                look();
                LockSupport.parkNanos(5_000_000);
            }
            assertThat(process.exitCode()).as(process.err()).isZero();
        }
        look();
    }

    private void look() {
        for (Path root : List.of(data, out)) {
            try (Stream<Path> paths = Files.walk(root)) {
                paths.forEach(this::look);
            } catch (IOException | UncheckedIOException e) {
                // Something was just swept or renamed.
                assertThat(e instanceof NoSuchFileException || e.getCause() instanceof NoSuchFileException)
                        .as("%s", e)
                        .isTrue();
            }
        }
    }

    private void look(Path path) {
        String name = folder.relativize(path).toString();
        try {
            boolean others = !PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
                    .endsWith("------");
            seen.add(name);
            if (others) {
                open.add(name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void allow(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
