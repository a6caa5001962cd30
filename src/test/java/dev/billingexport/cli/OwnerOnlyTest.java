package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.testing.BillingProcess;
import dev.billingexport.testing.SecondJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the umask and the folders that were there, nobody else can read a file of the program's, at no time. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it knows no umask")
class OwnerOnlyTest {

    private static final String[] RUN = {"run", "--sample", "--from=2026-10-05", "--to=2026-10-08"};

    @TempDir
    private Path folder;

    /** The second JVM sets no umask: a shell hands it one that forbids nothing. */
    @Test
    void whateverTheUmask() {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "umask 0000; exec \"$@\"", "sh"));
        command.addAll(SecondJvm.main(WithoutUmask.class, folder.toString()));
        try (BillingProcess process = BillingProcess.start(command, folder, Map.of())) {
            assertThat(process.exitCode()).as(process.out() + process.err()).isZero();
        }
    }

    @Test
    void inFoldersThatEverybodyMayRead() throws IOException {
        Watch watch = new Watch(folder);
        for (String wide : List.of("data", "data/sample", "data/sample/work", "out", "out/sample")) {
            // Others may look at the data directory, but not write to it.
            allow(Files.createDirectory(folder.resolve(wide)), wide.startsWith("data") ? "rwxr-xr-x" : "rwxrwxrwx");
        }

        type(new Terminal(folder), Stream.concat(Stream.of(RUN), Stream.of("--format=csv")));
        watch.look();

        assertThat(watch.seen).contains("out/sample/2026-10-05_2026-10-08/manifest.json");
        assertThat(watch.open)
                .containsExactlyInAnyOrder("data", "data/sample", "data/sample/work", "out", "out/sample");
    }

    private static void type(Terminal terminal, Stream<String> arguments) {
        Terminal.Screen screen = terminal.type(arguments.toArray(String[]::new));
        assertThat(screen.exitCode()).as("%s", screen).isZero();
    }

    private static void allow(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    /** What the second JVM does; it fails as a test does. */
    static final class WithoutUmask {

        private WithoutUmask() {}

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            assertThat(Files.getPosixFilePermissions(Files.createFile(folder.resolve("any file"))))
                    .as("without the program's care")
                    .contains(PosixFilePermission.OTHERS_READ);
            Watch watch = new Watch(folder);
            Terminal terminal = new Terminal(folder);

            watch.during(() -> type(terminal, Stream.of(RUN)));
            assertThat(watch.open).isEmpty();
            assertThat(watch.seen)
                    .contains(
                            "data",
                            "data/sample",
                            "data/sample/billing-export.lock",
                            "data/sample/billing-export.mv.db",
                            "data/sample/work",
                            "data/sample/work/run-1",
                            "data/sample/work/run-1/sessions.csv",
                            "out",
                            "out/sample/2026-10-05_2026-10-08/manifest.json",
                            "out/sample/2026-10-05_2026-10-08/r1/report.html");
            assertThat(watch.seen).as("was looked at while files were made").anyMatch(name -> name.endsWith(".part"));

            watch.during(() -> type(terminal, Stream.concat(Stream.of(RUN), Stream.of("--rerun", "--format=csv"))));
            assertThat(watch.open).isEmpty();
            assertThat(watch.seen)
                    .as("what the comparison with the earlier revision needs")
                    .contains(
                            "data/sample/work/run-2/.amended/comparison.mv",
                            "data/sample/work/run-2/.amended/amendments.csv");

            // H2 rewrites the database to another file when space is given back.
            allow(folder.resolve("data/sample/billing-export.lock"), "rw-r--r--");
            allow(folder.resolve("data/sample/billing-export.mv.db"), "rw-r--r--");
            watch.during(() -> type(terminal, Stream.of("purge", "--before", "2026-11-01", "--yes")));
            assertThat(watch.open)
                    .as("before they were taken back")
                    .isSubsetOf("data/sample/billing-export.lock", "data/sample/billing-export.mv.db");
            watch.open.clear();
            watch.look();
            assertThat(watch.open).isEmpty();
        }
    }

    /** Looks at every file and folder that is there, and keeps the names of those that others can read or write. */
    private static final class Watch {

        private final Path folder;
        private final Set<String> seen = new ConcurrentSkipListSet<>();
        private final Set<String> open = new ConcurrentSkipListSet<>();

        Watch(Path folder) {
            this.folder = folder;
        }

        void during(Runnable work) throws Exception {
            FutureTask<?> done = new FutureTask<>(work, null);
            new Thread(done).start();
            while (!done.isDone()) {
                look();
                LockSupport.parkNanos(5_000_000);
            }
            done.get();
            look();
        }

        void look() {
            for (String root : List.of("data", "out")) {
                try (Stream<Path> paths = Files.walk(folder.resolve(root))) {
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
    }
}
