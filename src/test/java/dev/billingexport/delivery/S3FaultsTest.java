package dev.billingexport.delivery;

import static dev.billingexport.delivery.Rendered.EXPORT;
import static dev.billingexport.delivery.Rendered.PERIOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billingexport.delivery.FaultyLine.Fault;
import dev.billingexport.testing.FolderContents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

/** A busy server, a bad line, and others who write at the same time. */
class S3FaultsTest {

    private static final int PART = 5 << 20;
    private static final String R1 = EXPORT + "/" + PERIOD + "/r1/";

    @TempDir
    Path work;

    private S3Client direct;
    private String bucket;
    private FaultyLine line;
    private S3Client client;

    @BeforeEach
    void connect() throws Exception {
        direct = S3Server.mock().client();
        bucket = S3Server.mock().bucket();
        line = FaultyLine.to(S3Server.mock());
        client = S3Server.client(line.endpoint());
    }

    @AfterEach
    void close() {
        client.close();
        direct.close();
        line.close();
    }

    @ParameterizedTest
    @CsvSource({
        "SLOW_DOWN, PUT, r1/sessions.csv",
        "SLOW_DOWN, POST, uploads",
        "SLOW_DOWN, PUT, partNumber=2",
        "SLOW_DOWN, GET, manifest.json",
        "CUT, PUT, r1/sessions.csv",
        "CUT, PUT, partNumber=2",
        "CUT, PUT, 2026-10/manifest.json",
        "LOST_ANSWER, PUT, r1/sessions.csv",
        "LOST_ANSWER, PUT, partNumber=1",
        "LOST_ANSWER, POST, uploadId=",
        "LOST_ANSWER, PUT, r1/manifest.json",
        "LOST_ANSWER, PUT, 2026-10/manifest.json",
        "LOST_ANSWER, HEAD, r1/big.xlsx",
        "CONFLICT, PUT, r1/manifest.json",
    })
    void whatPassesIsRiddenOut(Fault fault, String method, String where) throws Exception {
        // After the word to slow down the SDK waits for seconds.
        int times = fault == Fault.SLOW_DOWN ? 1 : 2;
        line.fail(fault, times, method + " ", where);

        rendered().deliverTo(delivery(client));

        assertThat(line.requests().stream().filter(request -> request.startsWith(method) && request.contains(where)))
                .as("tries")
                .hasSizeGreaterThan(times);
        assertThatAllIsThere();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"r1/sessions.csv", "partNumber=2", "uploadId=", "r1/manifest.json", "2026-10/manifest.json"})
    void whatDoesNotPassFailsAndIsResumed(String where) throws Exception {
        line.fail(Fault.CUT, 1_000, "P", where);

        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> rendered().deliverTo(delivery(client)))
                .withMessageContainingAll("s3://" + bucket + "/deep/out/" + R1, "resume");
        assertThat(delivery(direct).current(EXPORT, PERIOD)).isEmpty();
        assertThat(unfinishedUploads()).as("given up at once").isEmpty();

        line.fail(Fault.CUT, 0);
        rendered().deliverTo(delivery(client));
        assertThatAllIsThere();
    }

    /** The SDK begins another then, and the server keeps the first until the next delivery of the period. */
    @Test
    void anUploadWhoseBeginningWasNotAnsweredIsBegunAgain() throws Exception {
        line.fail(Fault.LOST_ANSWER, 2, "POST ", "?uploads");

        rendered().deliverTo(delivery(client));

        assertThat(delivery(direct).current(EXPORT, PERIOD).map(Rendered::unchained))
                .contains(rendered().manifest());
        assertThat(unfinishedUploads()).hasSize(2);
        Rendered.in(work.resolve("next")).revision(2).run(8).deliverTo(delivery(direct));
        assertThat(unfinishedUploads()).isEmpty();
    }

    @Test
    void uploadsOfTheDeadAreGivenUp() throws Exception {
        for (String key : List.of("deep/out/" + R1 + "big.xlsx", "deep/out/" + EXPORT + "/" + PERIOD + "/r9/x.xlsx")) {
            direct.createMultipartUpload(request -> request.bucket(bucket).key(key));
        }
        direct.createMultipartUpload(request -> request.bucket(bucket).key("deep/out/other/2026-10/r1/big.xlsx"));

        rendered().deliverTo(delivery(direct));

        assertThat(unfinishedUploads()).containsExactly("deep/out/other/2026-10/r1/big.xlsx");
    }

    @Test
    void aFileThatChangesBeforeItIsSentIsNotDelivered() throws Exception {
        Rendered rendered = rendered();
        DeliveryProperties properties = properties();
        Bucket changing = new Bucket(client, bucket, properties.s3(), PART) {
            @Override
            void create(String key, Path file, Checksum checksum, S3Requests.Origin origin) throws IOException {
                // After it was checked, and before it is read to be sent.
                byte[] other = Files.readAllBytes(file);
                other[other.length - 1]++;
                Files.write(file, other);
                super.create(key, file, checksum, origin);
            }
        };

        for (Manifest.File file : rendered.files()) {
            Rendered alone = new Rendered(rendered.folder(), 1, 7, rendered.at(), "0.1.0", List.of(file));
            assertThatExceptionOfType(DeliveryException.class)
                    .isThrownBy(() -> alone.deliverTo(new S3Delivery(changing, properties.location())))
                    .withMessageMatching(".*(was changed after it was checked|HTTP 400).*");
        }
        assertThat(S3DeliveryTest.contents(direct, bucket)).isEmpty();
        assertThat(unfinishedUploads()).isEmpty();
    }

    @Test
    void aNewerRevisionThatComesBetweenIsNotTurnedBack() throws Exception {
        Rendered newer = Rendered.in(work.resolve("newer")).revision(2).run(8).file("sessions.csv", "newer");
        Bucket overtaken = new Overtaken("2026-10/manifest.json", () -> newer.deliverTo(delivery(direct)));

        rendered().deliverTo(new S3Delivery(overtaken, properties().location()));

        assertThat(delivery(direct).current(EXPORT, PERIOD).map(Rendered::unchained))
                .contains(newer.manifest());
        assertThat(delivery(direct).revision(EXPORT, PERIOD, 1).map(Rendered::unchained))
                .contains(rendered().manifest());
    }

    /** Not even the SDK's many tries tell it otherwise: what is there is ours. */
    @Test
    void aConflictThatStaysIsNoneWhereOurOwnObjectIsThere() throws Exception {
        line.fail(Fault.CONFLICT, 1_000, "PUT ", "r1/sessions.csv");

        rendered().deliverTo(delivery(client));

        assertThatAllIsThere();
    }

    @Test
    void aNewerUpperManifestThatComesBetweenIsNotTurnedBack() throws Exception {
        rendered().deliverTo(delivery(direct));
        Rendered second = Rendered.in(work.resolve("second")).revision(2).run(8).file("sessions.csv", "second");
        Rendered third = Rendered.in(work.resolve("third")).revision(3).run(9).file("sessions.csv", "third");
        Bucket overtaken = new Overtaken("2026-10/manifest.json", () -> third.deliverTo(delivery(direct)));

        second.deliverTo(new S3Delivery(overtaken, properties().location()));

        assertThat(delivery(direct).current(EXPORT, PERIOD).map(Rendered::unchained))
                .contains(third.manifest());
        assertThat(delivery(direct).revision(EXPORT, PERIOD, 2).map(Rendered::unchained))
                .contains(second.manifest());
    }

    /** Each object is put where none is, on the server's word and not on ours. */
    @ParameterizedTest
    @ValueSource(strings = {"r1/sessions.csv", "r1/manifest.json"})
    void anotherRunThatWasFasterKeepsItsRevision(String where) throws Exception {
        Rendered faster = Rendered.in(work.resolve("faster"))
                .run(9)
                .file("sessions.csv", "faster")
                .file("big.xlsx", "faster")
                .file("users.csv", "faster");
        Bucket overtaken = new Overtaken(where, () -> {
            remove("r1/sessions.csv");
            remove("r1/big.xlsx");
            remove("r1/users.csv");
            faster.deliverTo(delivery(direct));
        });

        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> rendered()
                        .deliverTo(new S3Delivery(overtaken, properties().location())))
                .withMessageContaining("another run");
        assertThat(delivery(direct).current(EXPORT, PERIOD).map(Rendered::unchained))
                .contains(faster.manifest());
        assertThat(S3DeliveryTest.contents(direct, bucket))
                .hasSize(5)
                .containsEntry(R1 + "sessions.csv", "faster")
                .containsEntry(R1 + "big.xlsx", "faster")
                .containsEntry(
                        R1 + "manifest.json",
                        new String(ManifestJson.write(faster.manifest()), StandardCharsets.UTF_8));
    }

    /** The server for tests deletes an object when an upload of the same name is given up, so the request is looked at. */
    @Test
    void theLastRequestOfAnUploadIsOnTheSameCondition() throws Exception {
        rendered().deliverTo(delivery(client));

        assertThat(line.received())
                .filteredOn(request -> request.isOf("POST") && request.uri().contains("uploadId="))
                .singleElement()
                .satisfies(request -> assertThat(request.headers()).containsEntry("if-none-match", "*"));
    }

    private void remove(String path) {
        direct.deleteObject(request -> request.bucket(bucket).key("deep/out/" + EXPORT + "/" + PERIOD + "/" + path));
    }

    /** A bucket in which something happens right before an object is written for the first time. */
    private class Overtaken extends Bucket {

        private final String where;
        private Runnable before;

        Overtaken(String where, Runnable before) {
            super(direct, bucket, S3FaultsTest.this.properties().s3(), PART);
            this.where = where;
            this.before = before;
        }

        @Override
        void create(String key, Path file, Checksum checksum, S3Requests.Origin origin) throws IOException {
            happen(key);
            super.create(key, file, checksum, origin);
        }

        @Override
        void create(String key, byte[] content, S3Requests.Origin origin) {
            happen(key);
            super.create(key, content, origin);
        }

        @Override
        void replace(String key, byte[] content, S3Requests.Origin origin, String eTag) {
            happen(key);
            super.replace(key, content, origin, eTag);
        }

        private void happen(String key) {
            if (key.endsWith(where)) {
                Runnable now = before;
                before = () -> {};
                now.run();
            }
        }
    }

    private void assertThatAllIsThere() throws Exception {
        SortedMap<String, String> there = S3DeliveryTest.contents(direct, bucket);
        Path local = work.resolve("local");
        rendered().deliverTo(Delivery.at(Rendered.to(local)));
        assertThat(there).isEqualTo(FolderContents.of(local));
        assertThat(unfinishedUploads()).isEmpty();
    }

    private List<String> unfinishedUploads() {
        return direct.listMultipartUploads(request -> request.bucket(bucket)).uploads().stream()
                .map(upload -> upload.key())
                .toList();
    }

    private Delivery delivery(S3Client line) {
        return new S3Delivery(
                new Bucket(line, bucket, properties().s3(), PART), properties().location());
    }

    private DeliveryProperties properties() {
        return Rendered.to("s3://" + bucket + "/deep/out", Map.of());
    }

    private Rendered rendered() {
        return Rendered.in(work.resolve("rendered"))
                .file("sessions.csv", "session_id\r\n1\r\n")
                .file("big.xlsx", S3DeliveryTest.noise(PART + 1))
                .file("users.csv", "user_id\r\n");
    }
}
