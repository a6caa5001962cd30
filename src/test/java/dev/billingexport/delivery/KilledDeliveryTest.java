package dev.billingexport.delivery;

import static dev.billingexport.delivery.Rendered.EXPORT;
import static dev.billingexport.delivery.Rendered.PERIOD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.testing.FolderContents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** A delivery that is killed at every moment, and resumed. */
class KilledDeliveryTest {

    private static final int FOREVER = Integer.MAX_VALUE;

    @TempDir
    Path work;

    private Path out;
    private Rendered first;
    private Rendered second;

    @BeforeEach
    void render() {
        out = work.resolve("out");
        first = Rendered.in(work.resolve("first"))
                .file("sessions.csv", "session_id\r\n1\r\n")
                .file("by-user_id/1.csv", "session_id\r\n1\r\n");
        second = Rendered.in(work.resolve("second"))
                .revision(2)
                .run(8)
                .file("sessions.csv", "session_id\r\n1\r\n2\r\n")
                .file("by-user_id/1.csv", "session_id\r\n1\r\n2\r\n");
    }

    @Test
    void theFirstDelivery() throws IOException {
        assertThat(momentsSurvived(out -> {}, first)).isGreaterThanOrEqualTo(15);
    }

    @Test
    void theNextRevision() throws IOException {
        assertThat(momentsSurvived(out -> deliver(out, first, FOREVER), second)).isGreaterThanOrEqualTo(15);
    }

    @Test
    void aRevisionThatComesLate() throws IOException {
        assertThat(momentsSurvived(out -> deliver(out, second, FOREVER), first)).isGreaterThanOrEqualTo(15);
    }

    @Test
    void aResumeOfAKilledDelivery() throws IOException {
        int moments = 0;
        while (!isManifestHalfWritten()) {
            FileSystemUtils.deleteRecursively(out);
            assertThat(deliver(out, first, moments++)).isFalse();
        }
        int halfWritten = moments - 1;
        Start halfWay = out -> deliver(out, first, halfWritten);

        assertThat(momentsSurvived(halfWay, first)).isGreaterThanOrEqualTo(15);
    }

    @Test
    void namesAreFlushedBeforeAnythingPointsToThem() {
        MortalDisk disk = new MortalDisk(FOREVER);
        first.deliverTo(new LocalDelivery(out, disk));

        assertThat(disk.deeds)
                .containsSubsequence(
                        "lock 2026-10/.lock",
                        "copy 2026-10/.r1-*/sessions.csv",
                        "flush 2026-10/.r1-*/sessions.csv",
                        "copy 2026-10/.r1-*/by-user_id/1.csv",
                        "flush 2026-10/.r1-*/by-user_id/1.csv",
                        "write 2026-10/.r1-*/manifest.json",
                        "flush 2026-10/.r1-*/manifest.json",
                        "flush 2026-10/.r1-*",
                        "flush 2026-10/.r1-*/by-user_id",
                        "rename 2026-10/r1",
                        "flush 2026-10",
                        "copy 2026-10/.manifest.json-*",
                        "flush 2026-10/.manifest.json-*",
                        "rename 2026-10/manifest.json",
                        "flush 2026-10")
                .endsWith("rename 2026-10/manifest.json", "flush 2026-10", "delete 2026-10/.lock");
    }

    private boolean isManifestHalfWritten() throws IOException {
        return FolderContents.of(out).keySet().stream()
                .anyMatch(path -> path.matches(".*/\\.r1-[^/]+\\.part/manifest\\.json"));
    }

    /** Kills a delivery at its first moment, its second and so on, each time from the same start. */
    private int momentsSurvived(Start start, Rendered rendered) throws IOException {
        FileSystemUtils.deleteRecursively(out);
        start.at(out);
        deliver(out, rendered, FOREVER);
        SortedMap<String, String> undisturbed = FolderContents.of(out);

        for (int moments = 0; ; moments++) {
            FileSystemUtils.deleteRecursively(out);
            start.at(out);
            boolean survived = deliver(out, rendered, moments);
            if (survived) {
                assertThat(FolderContents.of(out)).isEqualTo(undisturbed);
                return moments;
            }
            assertThatReadersSeeWholeDeliveries();
            deliver(out, rendered, FOREVER);
            assertThat(FolderContents.of(out))
                    .as("killed after %d moments", moments)
                    .isEqualTo(undisturbed);
        }
    }

    private void assertThatReadersSeeWholeDeliveries() throws IOException {
        Delivery delivery = Delivery.at(Rendered.to(out));
        Path period = out.resolve(EXPORT).resolve(PERIOD);
        for (int revision = 1; revision <= 2; revision++) {
            Path folder = period.resolve("r" + revision);
            assertThat(delivery.revision(EXPORT, PERIOD, revision).isPresent()).isEqualTo(Files.exists(folder));
        }
        if (delivery.current(EXPORT, PERIOD).isPresent()) {
            Manifest manifest = delivery.current(EXPORT, PERIOD).get();
            for (Manifest.File file : manifest.files()) {
                Path path = period.resolve("r" + manifest.revision()).resolve(file.name());
                assertThat(Checksum.of(path).isOf(file)).isTrue();
            }
        }
    }

    private static boolean deliver(Path out, Rendered rendered, int moments) {
        try {
            rendered.deliverTo(new LocalDelivery(out, new MortalDisk(moments)));
            return true;
        } catch (MortalDisk.Killed killed) {
            return false;
        }
    }

    private interface Start {
        void at(Path out) throws IOException;
    }
}
