package dev.billingexport.delivery;

import static dev.billingexport.delivery.Rendered.EXPORT;
import static dev.billingexport.delivery.Rendered.PERIOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers and readers rely on, wherever files are delivered to. A subclass says how to look behind the port. */
abstract class DeliveryContract {

    private static final String UPPER = EXPORT + "/" + PERIOD + "/manifest.json";
    private static final String R1 = EXPORT + "/" + PERIOD + "/r1/";
    private static final String R2 = EXPORT + "/" + PERIOD + "/r2/";

    @TempDir
    Path work;

    private Delivery delivery;
    private Rendered first;
    private Rendered second;

    /** A delivery to a place that is empty at first, and the same one for a whole test. */
    abstract Delivery delivery() throws Exception;

    /** Everything that lies in the place, hidden things included, by its path in it. */
    abstract SortedMap<String, String> contents() throws Exception;

    /** Changes or makes a file behind the delivery's back. */
    abstract void overwrite(String path, String content) throws Exception;

    abstract void remove(String path) throws Exception;

    /** A look at what lies somewhere in the place. */
    abstract Optional<DeliveredRevision> look(String path) throws Exception;

    @BeforeEach
    void render() throws Exception {
        delivery = delivery();
        first = Rendered.in(work.resolve("first"))
                .file("sessions.csv", "session_id\r\n1\r\n")
                .file("users.csv", "");
        second = Rendered.in(work.resolve("second"))
                .revision(2)
                .run(8)
                .file("sessions.csv", "session_id\r\n1\r\n2\r\n")
                .file("users.csv", "user_id\r\n");
    }

    @Test
    void nothingIsThereAtFirst() {
        assertThat(delivery.newestRevision(EXPORT, PERIOD)).isEmpty();
        assertThat(delivery.current(EXPORT, PERIOD)).isEmpty();
        assertThat(delivery.revision(EXPORT, PERIOD, 1)).isEmpty();
    }

    @Test
    void deliversTheFilesAndTheManifestTwiceAndNothingElse() throws Exception {
        String where = first.deliverTo(delivery).toString();

        String manifest = new String(ManifestJson.write(first.manifest()), StandardCharsets.UTF_8);
        assertThat(contents())
                .isEqualTo(Map.of(
                        R1 + "sessions.csv",
                        "session_id\r\n1\r\n",
                        R1 + "users.csv",
                        "",
                        R1 + "manifest.json",
                        manifest,
                        UPPER,
                        manifest));
        assertThat(where).endsWith("/" + R1);
        assertThat(delivery.newestRevision(EXPORT, PERIOD)).hasValue(1);
        assertThat(delivery.current(EXPORT, PERIOD).map(Rendered::unchained)).contains(first.manifest());
        assertThat(delivery.revision(EXPORT, PERIOD, 1).map(Rendered::unchained))
                .contains(first.manifest());
    }

    @Test
    void bytesArriveAsTheyAre() throws Exception {
        byte[] bytes = new byte[3_000_001];
        new Random(42).nextBytes(bytes);
        Rendered big = first.file("big.xlsx", bytes);

        big.deliverTo(delivery);

        assertThat(contents().get(R1 + "big.xlsx")).isEqualTo(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    @Test
    void filesMayLieInFolders() throws Exception {
        first.file("by-user_id/a%2Fb.xlsx", "of a/b")
                .file("by-user_id/%none.xlsx", "of none")
                .deliverTo(delivery);

        assertThat(contents())
                .containsEntry(R1 + "by-user_id/a%2Fb.xlsx", "of a/b")
                .containsEntry(R1 + "by-user_id/%none.xlsx", "of none");
    }

    @Test
    void exportsAndPeriodsDontMeet() {
        first.deliverTo(delivery);
        delivery.deliver(second.folder(), second.manifest("other", YearMonth.of(2026, 10)));
        delivery.deliver(second.folder(), second.manifest(EXPORT, YearMonth.of(2026, 9)));

        assertThat(delivery.newestRevision(EXPORT, PERIOD)).hasValue(1);
        assertThat(delivery.current(EXPORT, PERIOD).map(Rendered::unchained)).contains(first.manifest());
        assertThat(delivery.newestRevision("other", PERIOD)).hasValue(2);
        assertThat(delivery.newestRevision(EXPORT, "2026-09")).hasValue(2);
    }

    @Test
    void theSameRunDeliveringAgainChangesNothing() throws Exception {
        first.deliverTo(delivery);
        SortedMap<String, String> delivered = contents();

        first.later().deliverTo(delivery);

        assertThat(contents()).isEqualTo(delivered);
        assertThat(delivery.current(EXPORT, PERIOD).orElseThrow().deliveredAt()).isEqualTo(first.at());
    }

    @Test
    void aLostUpperManifestIsWrittenAgain() throws Exception {
        first.deliverTo(delivery);
        SortedMap<String, String> delivered = contents();
        remove(UPPER);

        first.later().deliverTo(delivery);

        assertThat(contents()).isEqualTo(delivered);
    }

    @Test
    void anotherRunsRevisionIsNeverOverwritten() throws Exception {
        first.deliverTo(delivery);
        SortedMap<String, String> delivered = contents();

        for (Rendered foreign :
                new Rendered[] {second.revision(1), second.revision(1).run(first.run()), first.run(8)}) {
            assertThatExceptionOfType(DeliveryException.class)
                    .isThrownBy(() -> foreign.deliverTo(delivery))
                    .withMessageContainingAll("another run", "2026-11-02T03:04:05.678Z", "--rerun");
            assertThat(contents()).isEqualTo(delivered);
        }
    }

    @Test
    void theNextRevisionBecomesCurrentAndLeavesTheOneBefore() throws Exception {
        first.deliverTo(delivery);
        second.deliverTo(delivery);

        assertThat(delivery.newestRevision(EXPORT, PERIOD)).hasValue(2);
        assertThat(delivery.current(EXPORT, PERIOD).map(Rendered::unchained)).contains(second.manifest());
        assertThat(delivery.revision(EXPORT, PERIOD, 1).map(Rendered::unchained))
                .contains(first.manifest());
        assertThat(contents())
                .containsEntry(R1 + "sessions.csv", "session_id\r\n1\r\n")
                .containsEntry(R2 + "sessions.csv", "session_id\r\n1\r\n2\r\n");
    }

    /** Whatever period it is of, and whatever the clocks say. */
    @Test
    void eachDeliveryNamesTheOneBefore() throws Exception {
        Manifest september = first.manifest(EXPORT, YearMonth.of(2026, 9));
        first.deliverTo(delivery);
        delivery.deliver(first.folder(), september);
        second.deliverTo(delivery);
        delivery.deliver(first.folder(), first.later().revision(2).manifest(EXPORT, YearMonth.of(2026, 9)));

        assertThat(previous(PERIOD, 1)).isNull();
        assertThat(previous("2026-09", 1)).isEqualTo(reference(PERIOD, 1));
        assertThat(previous(PERIOD, 2)).isEqualTo(reference("2026-09", 1));
        assertThat(previous("2026-09", 2)).isEqualTo(reference(PERIOD, 2));
    }

    private Manifest.@Nullable Previous previous(String period, int revision) {
        return delivery.revision(EXPORT, period, revision).orElseThrow().previous();
    }

    private Manifest.Previous reference(String period, int revision) throws Exception {
        String json = contents().get(EXPORT + "/" + period + "/r" + revision + "/manifest.json");
        return new Manifest.Previous(
                period,
                revision,
                Checksum.of(json.getBytes(StandardCharsets.ISO_8859_1)).sha256());
    }

    @Test
    void anEarlierRevisionDeliveredLateIsThereButNotCurrent() {
        second.deliverTo(delivery);
        first.deliverTo(delivery);

        assertThat(delivery.revision(EXPORT, PERIOD, 1).map(Rendered::unchained))
                .contains(first.manifest());
        assertThat(delivery.current(EXPORT, PERIOD).map(Rendered::unchained)).contains(second.manifest());
        assertThat(delivery.newestRevision(EXPORT, PERIOD)).hasValue(2);
    }

    @Test
    void aRevisionNumberThatReadersHaveSeenStaysTaken() throws Exception {
        second.deliverTo(delivery);
        for (String path : contents().keySet()) {
            if (path.startsWith(R2)) {
                remove(path);
            }
        }

        assertThat(delivery.newestRevision(EXPORT, PERIOD)).hasValue(2);
    }

    @Test
    void aRenderedFileThatChangedIsNotDelivered() throws Exception {
        Files.writeString(first.folder().resolve("sessions.csv"), "session_id\r\n9\r\n");

        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> first.deliverTo(delivery))
                .withMessageContainingAll("sessions.csv", "was changed after it was checked");
        assertThat(contents()).isEmpty();
        assertThat(delivery.newestRevision(EXPORT, PERIOD)).isEmpty();
    }

    @Test
    void aRenderedFileThatIsMissingIsNotDelivered() throws Exception {
        Files.delete(first.folder().resolve("users.csv"));

        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> first.deliverTo(delivery))
                .withMessageContainingAll("users.csv", "doesn't exist", "resume");
        assertThat(contents()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"session_id\r\n2\r\n", "", "removed"})
    void aRevisionThatWasChangedSinceIsNotTakenForDelivered(String content) throws Exception {
        first.deliverTo(delivery);
        if (content.equals("removed")) {
            remove(R1 + "sessions.csv");
        } else {
            overwrite(R1 + "sessions.csv", content);
        }

        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> first.deliverTo(delivery))
                .withMessageContainingAll("sessions.csv", "has been changed since it was delivered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "{\"manifest_version\": 1", "[]"})
    void whatIsNoManifestIsNamed(String content) throws Exception {
        overwrite(UPPER, content);

        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> delivery.current(EXPORT, PERIOD))
                .withMessageContainingAll(UPPER, "is not a manifest");
        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> first.deliverTo(delivery))
                .withMessageContainingAll(UPPER, "is not a manifest");
        assertThat(contents()).containsEntry(UPPER, content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "", ".hidden", "a/b", "a\\b", "/etc", "a\0b", "über"})
    void noNameLeadsElsewhere(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> delivery.checkAccess(name, PERIOD));
        assertThatIllegalArgumentException().isThrownBy(() -> delivery.newestRevision(EXPORT, name));
        assertThatIllegalArgumentException().isThrownBy(() -> delivery.current(name, PERIOD));
        assertThatIllegalArgumentException().isThrownBy(() -> delivery.revision(EXPORT, name, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> first.manifest(name, YearMonth.of(2026, 10)));
    }

    @Test
    void whatWasDeliveredCanBeLookedAt() throws Exception {
        Rendered inFolders = first.file("by-user_id/a%2Fb.xlsx", "of a/b");
        inFolders.deliverTo(delivery);

        for (String path : List.of(EXPORT + "/" + PERIOD, EXPORT + "/" + PERIOD + "/r1")) {
            try (DeliveredRevision revision = look(path).orElseThrow()) {
                List<String> wrong = new ArrayList<>();
                Map<String, Path> files = revision.fetch(Files.createTempDirectory(work, "scratch"), wrong);

                assertThat(revision.manifest()).contains(inFolders.manifest());
                assertThat(revision.differences()).isEmpty();
                assertThat(wrong).isEmpty();
                assertThat(files).containsOnlyKeys("sessions.csv", "users.csv", "by-user_id/a%2Fb.xlsx");
                assertThat(files.get("sessions.csv")).hasContent("session_id\r\n1\r\n");
                assertThat(files.get("by-user_id/a%2Fb.xlsx")).hasContent("of a/b");
                assertThat(revision.fetch(Files.createTempDirectory(work, "scratch"), "sessions.csv"::equals, wrong))
                        .containsOnlyKeys("sessions.csv");
            }
        }
        assertThat(look(EXPORT)).isEmpty();
        assertThat(look("elsewhere")).isEmpty();
    }

    @Test
    void whatWasChangedSinceIsSeen() throws Exception {
        first.deliverTo(delivery);
        second.deliverTo(delivery);
        overwrite(R2 + "sessions.csv", "session_id\r\n1\r\n3\r\n");
        overwrite(R2 + "more/notes.txt", "somebody's");
        remove(R2 + "users.csv");

        try (DeliveredRevision revision = look(EXPORT + "/" + PERIOD).orElseThrow()) {
            List<String> wrong = new ArrayList<>();
            revision.fetch(Files.createTempDirectory(work, "scratch"), wrong);

            assertThat(revision.differences()).containsExactly("more/notes.txt: no manifest names it");
            assertThat(wrong)
                    .hasSize(2)
                    .anyMatch(each -> each.startsWith("sessions.csv: SHA-256"))
                    .contains("users.csv: it is missing");
        }
    }

    @Test
    void tryingAccessLeavesNothingBehind() throws Exception {
        delivery.checkAccess(EXPORT, PERIOD);
        assertThat(contents()).isEmpty();

        first.deliverTo(delivery);
        SortedMap<String, String> delivered = contents();
        delivery.checkAccess(EXPORT, PERIOD);
        assertThat(contents()).isEqualTo(delivered);
    }
}
