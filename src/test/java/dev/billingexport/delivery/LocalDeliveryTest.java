package dev.billingexport.delivery;

import static dev.billingexport.delivery.Rendered.EXPORT;
import static dev.billingexport.delivery.Rendered.PERIOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalDeliveryTest extends DeliveryContract {

    @Override
    Delivery delivery() {
        return Delivery.at(Rendered.to(out()));
    }

    @Override
    SortedMap<String, String> contents() throws IOException {
        return contents(out());
    }

    @Override
    void overwrite(String path, String content) throws IOException {
        Files.createDirectories(out().resolve(path).getParent());
        Files.writeString(out().resolve(path), content);
    }

    @Override
    void remove(String path) throws IOException {
        Files.delete(out().resolve(path));
    }

    @Override
    Optional<DeliveredRevision> look(String path) {
        return DeliveredRevision.find(Rendered.to(out().resolve(path)));
    }

    private Path out() {
        return work.resolve("deep/out");
    }

    static SortedMap<String, String> contents(Path folder) throws IOException {
        SortedMap<String, String> contents = new TreeMap<>();
        if (Files.exists(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.filter(Files::isRegularFile).toList()) {
                    contents.put(
                            folder.relativize(path).toString(), Files.readString(path, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return contents;
    }

    @Test
    void onlyTheOwnerMayReadWhatIsDelivered() throws IOException {
        assumeTrue(work.getFileSystem().supportedFileAttributeViews().contains("posix"));
        rendered().file("by-user_id/1.csv", "1").deliverTo(delivery());

        try (Stream<Path> paths = Files.walk(work.resolve("deep"))) {
            assertThat(paths)
                    .hasSize(10)
                    .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"deep", "deep/out", "deep/out/monthly-billing", "deep/out/monthly-billing/2026-10"})
    void aFileInTheWayIsNamedBeforeAnythingIsCollected(String path) throws IOException {
        Path file = work.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "in the way");

        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> delivery().checkAccess(EXPORT, PERIOD))
                .withMessageContainingAll(file.toString(), "export.delivery.location");
        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> rendered().deliverTo(delivery()))
                .withMessageContainingAll(file.toString(), "resume");
        assertThat(file).hasContent("in the way");
    }

    @Test
    void aFolderOfUnknownOriginIsLeftAloneAndItsNumberIsTaken() throws IOException {
        overwrite("monthly-billing/2026-10/r1/notes.txt", "somebody's");

        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> rendered().deliverTo(delivery()))
                .withMessageContainingAll("2026-10/r1", "holds no manifest.json");
        assertThat(contents()).containsOnlyKeys("monthly-billing/2026-10/r1/notes.txt");
        assertThat(delivery().newestRevision(EXPORT, PERIOD)).hasValue(1);
        assertThat(delivery().revision(EXPORT, PERIOD, 1)).isEmpty();
    }

    @Test
    void whatOnlyLooksLikeARevisionIsNone() throws IOException {
        for (String name : List.of("r0", "r", "r1x", "R3", ".r4-0-0.part", "r99999999999", "r-1")) {
            overwrite("monthly-billing/2026-10/" + name, "");
        }

        assertThat(delivery().newestRevision(EXPORT, PERIOD)).isEmpty();
    }

    @Test
    void anEqualDeliveryThatWasFasterIsAdopted() throws IOException {
        Rendered rendered = rendered();

        rendered.later().deliverTo(overtakenBy(rendered));

        assertThat(delivery().current(EXPORT, PERIOD)).contains(rendered.manifest());
        assertThat(contents())
                .containsOnlyKeys(
                        "monthly-billing/2026-10/manifest.json",
                        "monthly-billing/2026-10/r1/manifest.json",
                        "monthly-billing/2026-10/r1/sessions.csv");
    }

    @Test
    void anotherRunThatWasFasterKeepsItsRevision() throws IOException {
        Rendered faster = Rendered.in(work.resolve("faster")).run(9).file("sessions.csv", "faster");

        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> rendered().deliverTo(overtakenBy(faster)))
                .withMessageContainingAll("another run (its run 9,", "--rerun");
        assertThat(delivery().current(EXPORT, PERIOD)).contains(faster.manifest());
        assertThat(contents()).hasSize(3).containsEntry("monthly-billing/2026-10/r1/sessions.csv", "faster");
    }

    /** A delivery to the same place that finds the revision taken in the last moment. */
    private Delivery overtakenBy(Rendered faster) {
        return new LocalDelivery(out(), new Disk() {
            private boolean overtaken;

            @Override
            void rename(Path from, Path to) throws IOException {
                if (!overtaken) {
                    overtaken = true;
                    // As if the other process had swept before this one began.
                    Path aside = Files.move(from, work.resolve("aside"));
                    faster.deliverTo(delivery());
                    Files.move(aside, from);
                }
                super.rename(from, to);
            }
        });
    }

    private Rendered rendered() {
        return Rendered.in(work.resolve("rendered")).file("sessions.csv", "session_id\r\n1\r\n");
    }
}
