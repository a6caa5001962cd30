package dev.billingexport.delivery;

import static dev.billingexport.delivery.Rendered.EXPORT;
import static dev.billingexport.delivery.Rendered.PERIOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.billingexport.files.LockFile;
import dev.billingexport.files.Permissions;
import dev.billingexport.testing.FolderContents;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class LocalDeliveryTest extends DeliveryContract {

    @Override
    Delivery delivery() {
        return Delivery.at(Rendered.to(out()));
    }

    @Override
    SortedMap<String, String> contents() {
        return FolderContents.of(out());
    }

    @Override
    void overwrite(String path, String content) throws IOException {
        Files.createDirectories(out().resolve(path).getParent());
        Files.writeString(out().resolve(path), content);
    }

    @Override
    void remove(String path) throws IOException {
        Path file = out().resolve(path);
        Files.delete(file);
        // As in a bucket, a folder is gone with its last file.
        if (file.getParent().toFile().list().length == 0) {
            Files.delete(file.getParent());
        }
    }

    @Override
    Optional<DeliveredRevision> look(String path) {
        return DeliveredRevision.find(Rendered.to(out().resolve(path)));
    }

    private Path out() {
        return work.resolve("deep/out");
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
                .withMessageContainingAll("2026-10/r1", "without a manifest.json");
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

        assertThat(delivery().current(EXPORT, PERIOD).map(Rendered::unchained)).contains(rendered.manifest());
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
        assertThat(delivery().current(EXPORT, PERIOD).map(Rendered::unchained)).contains(faster.manifest());
        assertThat(contents()).hasSize(3).containsEntry("monthly-billing/2026-10/r1/sessions.csv", "faster");
    }

    /** A delivery to the same place, without locks, that finds the revision taken in the last moment. */
    private Delivery overtakenBy(Rendered faster) {
        return new LocalDelivery(out(), new DiskWithoutLocks() {
            private boolean overtaken;

            @Override
            void rename(Path from, Path to) throws IOException {
                if (!overtaken) {
                    overtaken = true;
                    faster.deliverTo(new LocalDelivery(out(), new DiskWithoutLocks()));
                }
                super.rename(from, to);
            }
        });
    }

    @Test
    void withoutLocksNobodysStagedFilesAreSweptAndThatIsSaidOnce(CapturedOutput output) throws IOException {
        String staged = "monthly-billing/2026-10/.r1-00000000-0000-0000-0000-000000000000.part/sessions.csv";
        overwrite(staged, "somebody's");
        Delivery delivery = new LocalDelivery(out(), new DiskWithoutLocks());

        rendered().deliverTo(delivery);
        rendered().deliverTo(delivery);

        assertThat(contents()).hasSize(4).containsEntry(staged, "somebody's");
        assertThat(output.getAll().split("has no locks, as some NFS", -1)).hasSize(2);
        rendered().deliverTo(delivery());
        assertThat(contents()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Invalid argument", "Operation not supported"})
    void aFolderThatCantBeFlushedIsAWarningOnce(String reason, CapturedOutput output) throws IOException {
        Delivery delivery = new LocalDelivery(out(), new DiskThatFlushesNoFolders(reason));

        delivery.checkAccess(EXPORT, PERIOD);
        rendered().deliverTo(delivery);

        assertThat(delivery().current(EXPORT, PERIOD).map(Rendered::unchained))
                .contains(rendered().manifest());
        assertThat(output.getAll().split("can't be flushed \\(" + reason + "\\)", -1))
                .hasSize(2);
    }

    @Test
    void aDiskThatFailsToFlushIsNoWarning() {
        Delivery delivery = new LocalDelivery(out(), new DiskThatFlushesNoFolders("Input/output error"));

        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> delivery.checkAccess(EXPORT, PERIOD))
                .withMessageContaining("Input/output error");
    }

    @Test
    void theGroupMayReadWhatItIsToReadWhateverTheUmask() throws IOException {
        assumeTrue(work.getFileSystem().supportedFileAttributeViews().contains("posix"));
        rendered().file("by-user_id/1.csv", "1").deliverTo(delivery());
        Rendered second = Rendered.in(work.resolve("second")).revision(2).run(8).file("by-user_id/1.csv", "1");
        Files.setPosixFilePermissions(out(), PosixFilePermissions.fromString("rwx--x---"));

        second.deliverTo(new LocalDelivery(out(), new Disk(Permissions.GROUP)));

        Map<String, String> permissions = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(out())) {
            for (Path path : paths.toList()) {
                permissions.put(
                        out().relativize(path).toString(),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
            }
        }
        String period = "monthly-billing/2026-10";
        assertThat(permissions)
                .as("the location is the operator's, the first revision was delivered")
                .containsEntry("", "rwx--x---")
                .containsEntry(period + "/r1", "rwx------")
                .containsEntry(period + "/r1/by-user_id/1.csv", "rw-------")
                .containsEntry("monthly-billing", "rwxr-x---")
                .containsEntry(period, "rwxr-x---")
                .containsEntry(period + "/manifest.json", "rw-r-----")
                .containsEntry(period + "/r2", "rwxr-x---")
                .containsEntry(period + "/r2/by-user_id", "rwxr-x---")
                .containsEntry(period + "/r2/by-user_id/1.csv", "rw-r-----")
                .containsEntry(period + "/r2/manifest.json", "rw-r-----");
    }

    @Test
    void whatLiesInPlaceIsReadBackBeforeItIsSaidToBeDelivered() {
        Delivery lying = new LocalDelivery(out(), new Disk() {
            @Override
            void rename(Path from, Path to) throws IOException {
                super.rename(from, to);
                if (Files.isDirectory(to)) {
                    Files.writeString(to.resolve("sessions.csv"), "session_id\r\n2\r\n");
                }
            }
        });

        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> rendered().deliverTo(lying))
                .withMessageContainingAll("r1/sessions.csv", "has been changed");
        assertThat(delivery().current(EXPORT, PERIOD)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"notes.txt", "by-user_id/2.csv"})
    void aRevisionWithSomethingElseInItIsNotTakenForDelivered(String stray) throws IOException {
        rendered().deliverTo(delivery());
        overwrite("monthly-billing/2026-10/r1/" + stray, "somebody's");

        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> rendered().deliverTo(delivery()))
                .withMessageContainingAll("r1/" + stray, "is not named in its");
    }

    @Test
    void linksThatWerePlantedLeadNowhere() throws IOException {
        Path precious = Files.createDirectories(work.resolve("precious"));
        Path secret = Files.writeString(precious.resolve("sessions.csv"), "session_id\r\n1\r\n");
        Path period = Files.createDirectories(out().resolve("monthly-billing/2026-10"));
        Files.createSymbolicLink(period.resolve(".r1-00000000-0000-0000-0000-000000000000.part"), precious);
        Files.createSymbolicLink(period.resolve("manifest.json"), work.resolve("nowhere"));

        rendered().deliverTo(delivery());

        assertThat(secret).hasContent("session_id\r\n1\r\n");
        assertThat(contents()).hasSize(3);
        assertThat(period.resolve("manifest.json")).isRegularFile().isNotEqualTo(work.resolve("nowhere"));
        assertThat(work.resolve("nowhere")).doesNotExist();

        Path delivered = period.resolve("r1/sessions.csv");
        Files.delete(delivered);
        Files.createSymbolicLink(delivered, secret);
        assertThatExceptionOfType(DeliveryException.class)
                .as("what is behind the link can change")
                .isThrownBy(() -> rendered().deliverTo(delivery()))
                .withMessageContaining("has been changed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"link", "folder"})
    void aLockThatIsNoneIsNamed(String what) throws IOException {
        Path period = Files.createDirectories(out().resolve("monthly-billing/2026-10"));
        Path precious = Files.writeString(work.resolve("precious"), "somebody's");
        if (what.equals("link")) {
            Files.createSymbolicLink(period.resolve(".lock"), precious);
        } else {
            Files.createDirectory(period.resolve(".lock"));
        }

        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> rendered().deliverTo(delivery()))
                .withMessageContainingAll(".lock", "resume");
        assertThat(precious).hasContent("somebody's");
    }

    private static class DiskWithoutLocks extends Disk {
        @Override
        LockFile acquire(Path file, Instant since) throws IOException {
            LockFile.acquire(file, since).close();
            throw new LockFile.NoLocksException(new IOException("No locks available"));
        }
    }

    /** As some network file systems are. */
    private static class DiskThatFlushesNoFolders extends Disk {

        private final String reason;

        DiskThatFlushesNoFolders(String reason) {
            this.reason = reason;
        }

        @Override
        void flush(FileChannel channel, Path path) throws IOException {
            if (Files.isDirectory(path)) {
                throw new IOException(reason);
            }
            super.flush(channel, path);
        }
    }

    private Rendered rendered() {
        return Rendered.in(work.resolve("rendered")).file("sessions.csv", "session_id\r\n1\r\n");
    }
}
