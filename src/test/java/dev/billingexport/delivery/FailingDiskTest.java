package dev.billingexport.delivery;

import static dev.billingexport.delivery.Rendered.EXPORT;
import static dev.billingexport.delivery.Rendered.PERIOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.billingexport.testing.SecondJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is really full, and one that is really read-only: a small tmpfs, which a second JVM mounts for itself in a
 * namespace of its own. Permissions wouldn't do, root passes them over. Skipped where the system allows no namespaces.
 */
class FailingDiskTest {

    @TempDir
    Path work;

    @Test
    void aFullDiskLeavesNoHalfDeliveryAndCanBeResumed() throws Exception {
        assertThat(onATmpfs("full"))
                .anyMatch(line -> line.contains("r2: No space left on device") && line.contains("then resume"))
                .containsSubsequence(
                        "left: manifest.json",
                        "left: r1/manifest.json",
                        "left: r1/sessions.csv",
                        "current: 1",
                        "resumed: manifest.json",
                        "resumed: r1/manifest.json",
                        "resumed: r1/sessions.csv",
                        "resumed: r2/manifest.json",
                        "resumed: r2/sessions.csv",
                        "current: 2");
    }

    @Test
    void aReadOnlyDiskIsNoticedBeforeAnythingIsCollected() throws Exception {
        assertThat(onATmpfs("read-only"))
                .anyMatch(line -> line.startsWith("Can't deliver to")
                        && line.contains("Read-only file system")
                        && line.contains("export.delivery.location"));
    }

    private List<String> onATmpfs(String scenario) throws IOException, InterruptedException {
        Path disk = Files.createDirectory(work.resolve("disk"));
        assumeTrue(
                exit("unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", disk.toString()) == 0,
                "no mounts here");
        Path log = work.resolve("log");
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs -o size=1m tmpfs \"$0\" && exec \"$@\"",
                disk.toString()));
        command.addAll(SecondJvm.main(FailingDisk.class, scenario, disk.toString(), work.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor()).as(() -> read(log)).isZero();
        return read(log).lines().toList();
    }

    private static int exit(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            return -1;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** What the second JVM does. */
    static class FailingDisk {

        public static void main(String[] arguments) throws Exception {
            Path disk = Path.of(arguments[1]);
            Path work = Path.of(arguments[2]);
            Delivery delivery = Delivery.at(Rendered.to(disk));
            if (arguments[0].equals("full")) {
                fill(delivery, disk, work);
            } else {
                remount(delivery, disk);
            }
        }

        private static void fill(Delivery delivery, Path disk, Path work) throws IOException {
            Path ballast = Files.write(disk.resolve("ballast"), new byte[700_000]);
            Rendered.in(work.resolve("first")).file("sessions.csv", "1").deliverTo(delivery);
            Rendered second =
                    Rendered.in(work.resolve("second")).revision(2).run(8).file("sessions.csv", new byte[600_000]);
            try {
                second.deliverTo(delivery);
            } catch (DeliveryException e) {
                System.out.println(e.getMessage());
            }
            list("left: ", delivery, disk);

            Files.delete(ballast);
            second.deliverTo(delivery);
            list("resumed: ", delivery, disk);
        }

        private static void remount(Delivery delivery, Path disk) throws Exception {
            delivery.checkAccess(EXPORT, PERIOD);
            new ProcessBuilder("mount", "-o", "remount,ro", disk.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            try {
                delivery.checkAccess(EXPORT, PERIOD);
            } catch (DeliveryException e) {
                System.out.println(e.getMessage());
            }
        }

        private static void list(String what, Delivery delivery, Path disk) throws IOException {
            Path period = disk.resolve(EXPORT).resolve(PERIOD);
            try (Stream<Path> paths = Files.walk(period)) {
                System.out.println(paths.filter(Files::isRegularFile)
                        .map(path -> what + period.relativize(path))
                        .sorted()
                        .collect(Collectors.joining("\n")));
            }
            System.out.println(
                    "current: " + delivery.current(EXPORT, PERIOD).orElseThrow().revision());
        }
    }
}
