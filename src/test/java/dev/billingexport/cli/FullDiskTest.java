package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.billingexport.sample.Route;
import dev.billingexport.sample.SampleRequest;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.FolderContents;
import dev.billingexport.testing.Generator;
import dev.billingexport.testing.SecondJvm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is really full, or really read-only, in each step of a run. A second JVM mounts small ones for itself in a
 * namespace of its own. Skipped where the system allows none.
 */
@Timeout(120)
class FullDiskTest {

    @TempDir
    Path work;

    @Test
    void everyStepSaysSoDeliversNothingAndGoesOnWhenThereIsRoom() throws Exception {
        Path disk = Files.createDirectories(work.resolve("disk"));
        assumeTrue(
                new ProcessBuilder(
                                        "unshare",
                                        "--map-root-user",
                                        "--mount",
                                        "mount",
                                        "-t",
                                        "tmpfs",
                                        "tmpfs",
                                        disk.toString())
                                .start()
                                .waitFor()
                        == 0,
                "no mounts here");
        Path log = work.resolve("log");
        List<String> command = new ArrayList<>(List.of("unshare", "--map-root-user", "--mount"));
        command.addAll(SecondJvm.main(FullDisk.class, work.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(100, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0).as(Files.readString(log)).isTrue();
    }

    /** What the second JVM does; it fails as a test does. */
    static final class FullDisk {

        private static final String[] RUN = {"run", "--month=2026-10", "--format=csv,xlsx"};

        private final Path work;
        private final FakeApi api;
        private final Map<String, String> undisturbed;

        private FullDisk(Path work) {
            this.work = work;
            Instant start = Instant.parse("2026-10-01T00:00:00Z");
            api = FakeApi.start(
                    0,
                    Behaviour.DOCUMENTED,
                    new Generator(5, 200, start, start.plusSeconds(30 * 86_400), 0).sessions());
            Terminal terminal = new Terminal(work.resolve("undisturbed")).connect(api);
            Terminal.Screen screen = terminal.type(RUN);
            assertThat(screen.exitCode()).as("%s", screen).isZero();
            undisturbed = FolderContents.withoutManifests(terminal.files("out"));
        }

        public static void main(String[] arguments) throws Exception {
            FullDisk test = new FullDisk(Path.of(arguments[0]));
            try (FakeApi api = test.api) {
                test.full("collect", "data", "64m", request -> request.route() == Route.RECORDINGS, 75);
                test.full("render", "data/work", "200k", request -> false, 0);
                test.full("deliver", "out", "60k", request -> false, 0);
                test.readOnly("render", "data/work");
                test.readOnly("deliver", "out");
            }
        }

        /** @param number of the wanted request that finds the disk full; with 0 it is too small for what it shall hold */
        private void full(String step, String folder, String size, Predicate<SampleRequest> wanted, int number)
                throws Exception {
            Path home = work.resolve("full-" + step);
            Path disk = Files.createDirectories(home.resolve(folder));
            mount("-t", "tmpfs", "-o", "mode=700,size=" + size, "tmpfs", disk.toString());
            Path ballast = disk.resolve("ballast");
            AtomicInteger count = new AtomicInteger();
            api.onRequest(request -> {
                if (wanted.test(request) && count.incrementAndGet() == number) {
                    fill(ballast);
                }
            });
            Terminal.Screen screen = failAndGoOn(step, home, "No space left on device", () -> {
                Files.deleteIfExists(ballast);
                mount("-o", "remount,size=64m", disk.toString());
            });
            System.out.println(step + ": " + screen.err());
        }

        private void readOnly(String step, String folder) throws Exception {
            Path home = work.resolve("read-only-" + step);
            Path disk = Files.createDirectories(home.resolve(folder));
            mount("-t", "tmpfs", "-o", "mode=700", "tmpfs", disk.toString());
            AtomicInteger count = new AtomicInteger();
            api.onRequest(request -> {
                if (count.incrementAndGet() == 1) {
                    mount("-o", "remount,ro", disk.toString());
                }
            });
            Terminal.Screen screen =
                    failAndGoOn(step, home, "Read-only file system", () -> mount("-o", "remount,rw", disk.toString()));
            System.out.println(step + ": " + screen.err());
        }

        private Terminal.Screen failAndGoOn(String step, Path home, String reason, Repair repair) throws Exception {
            Terminal terminal = new Terminal(home).connect(api);

            Terminal.Screen failed = terminal.type(RUN);

            assertThat(failed.exitCode()).as("%s: %s", step, failed).isEqualTo(ExitCode.FAILED);
            assertThat(failed.err().get(0)).as("%s: %s", step, failed).contains(reason);
            assertThat(failed.err()).last().asString().as(step).contains("resume 1");
            assertThat(terminal.files("out")).as(step).isEmpty();
            api.onRequest(request -> {});
            api.counters().reset();
            repair.make();

            Terminal.Screen resumed = terminal.type("resume");

            assertThat(resumed.exitCode()).as("%s: %s", step, resumed).isZero();
            assertThat(FolderContents.withoutManifests(terminal.files("out")))
                    .as(step)
                    .isEqualTo(undisturbed);
            assertThat(api.counters().requests(Route.CDR)).as(step).isLessThan(200);
            return failed;
        }

        private static void fill(Path file) {
            byte[] block = new byte[4_096];
            try (OutputStream out = Files.newOutputStream(file)) {
                while (true) {
                    out.write(block);
                }
            } catch (IOException full) {
                System.out.println("filled: " + full.getMessage());
            }
        }

        private static void mount(String... arguments) {
            String[] command = new String[arguments.length + 1];
            command[0] = "mount";
            System.arraycopy(arguments, 0, command, 1, arguments.length);
            try {
                assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                        .as(List.of(command).toString())
                        .isZero();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private interface Repair {
            void make() throws Exception;
        }
    }
}
