package dev.billingexport.delivery;

import static dev.billingexport.delivery.Rendered.EXPORT;
import static dev.billingexport.delivery.Rendered.PERIOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The contract against S3 servers that behave as other stores do, each with the settings that the documentation names. */
class StoresTest {

    private static final String R1 = EXPORT + "/" + PERIOD + "/r1/";
    private static final int PART = 5 << 20;

    @Nested
    class WithoutTagsAndUnderAPrefixPolicy extends InAStore {
        WithoutTagsAndUnderAPrefixPolicy() {
            super(Map.of(), Store.WITHOUT_TAGS, Store.WITH_A_PREFIX_POLICY);
        }
    }

    @Nested
    class WithoutChecksumsAndWithOddAnswers extends InAStore {
        WithoutChecksumsAndWithOddAnswers() {
            super(Map.of("checksums", "false"), Store.WITHOUT_CHECKSUMS, Store.ODD_ANSWERS);
        }

        @Test
        void whatTheStoreCallsAnObjectProvesItsContent() throws Exception {
            big().deliverTo(delivery());

            assertThat(line().received())
                    .as("nothing but manifests and listings is read back")
                    .noneMatch(request -> request.isOf("GET") && request.uri().matches("[^?]*(csv|xlsx)"));
            assertThat(line().received())
                    .filteredOn(request -> request.isOf("PUT"))
                    .allMatch(request -> request.headers().containsKey("content-md5"));
        }

        @Test
        void anObjectThatHoldsSomethingElseIsNotDelivered() throws Exception {
            Delivery own = delivery();
            Path other = Files.writeString(work.resolve("other"), "session_id\r\n2\r\n");
            Bucket garbling = new Bucket(client(), bucket(), properties().s3(), PART) {
                @Override
                void create(String key, Path file, Checksum checksum, S3Requests.Origin origin) throws IOException {
                    super.create(key, key.endsWith("sessions.csv") ? other : file, checksum, origin);
                }
            };

            assertThatExceptionOfType(DeliveryException.class)
                    .isThrownBy(() -> big().deliverTo(
                                    new S3Delivery(garbling, properties().location())))
                    .withMessageContainingAll("r1/sessions.csv", "has been changed");
            assertThat(own.current(EXPORT, PERIOD)).isEmpty();
        }
    }

    @Nested
    class WithoutConditions extends InAStore {
        WithoutConditions() {
            super(Map.of("conditional-writes", "false"), Store.WITHOUT_CONDITIONS);
        }

        @Test
        void whatComesBetweenIsSeenBeforeItIsWritten() throws Exception {
            Delivery own = delivery();
            Bucket overtaken = new Bucket(client(), bucket(), properties().s3(), PART) {
                private boolean done;

                @Override
                boolean keys(String prefix, int max, Consumer<String> consumer) {
                    boolean complete = super.keys(prefix, max, consumer);
                    if (!done) {
                        done = true;
                        overwrite(R1 + "sessions.csv", "faster");
                    }
                    return complete;
                }
            };

            assertThatExceptionOfType(DeliveryException.class)
                    .isThrownBy(() -> big().deliverTo(
                                    new S3Delivery(overtaken, properties().location())))
                    .withMessageContainingAll("r1/sessions.csv", "it belongs to another run");
            assertThat(contents()).isEqualTo(Map.of(R1 + "sessions.csv", "faster"));
            assertThat(own.current(EXPORT, PERIOD)).isEmpty();
        }
    }

    @Nested
    class WriteOnce extends InAStore {
        WriteOnce() {
            super(Map.of("object-lock.mode", "compliance", "object-lock.retain", "10y6m"), Store.WRITE_ONCE);
        }

        @Override
        SortedMap<String, String> contents() throws Exception {
            SortedMap<String, String> contents = super.contents();
            contents.remove(EXPORT + "/" + PERIOD + "/.access");
            return contents;
        }

        @Test
        void theProbeIsOneObjectHoweverOftenItIsTried() throws Exception {
            for (int tries = 0; tries < 3; tries++) {
                delivery().checkAccess(EXPORT, PERIOD);
            }
            assertThat(super.contents()).containsOnlyKeys(EXPORT + "/" + PERIOD + "/.access");
        }

        @Test
        void everyObjectOfARevisionIsLockedAndNothingElse() throws Exception {
            big().deliverTo(delivery());

            assertThat(line().received().stream()
                            .filter(request -> request.headers().containsKey("x-amz-object-lock-mode"))
                            .map(request ->
                                    request.method() + " " + request.uri().replaceAll(".*/2026-10/", "") + " "
                                            + request.headers().get("x-amz-object-lock-mode") + " "
                                            + request.headers().get("x-amz-object-lock-retain-until-date")))
                    .containsExactly(
                            "PUT r1/sessions.csv COMPLIANCE 2037-05-02T03:04:05.678Z",
                            "POST r1/big.xlsx?uploads COMPLIANCE 2037-05-02T03:04:05.678Z",
                            "PUT r1/manifest.json COMPLIANCE 2037-05-02T03:04:05.678Z");
        }
    }

    abstract static class InAStore extends DeliveryContract {

        private final Store[] stores;
        private final Map<String, String> settings;
        private FaultyLine line;
        private S3Client direct;
        private S3Client client;
        private String bucket;

        InAStore(Map<String, String> settings, Store... stores) {
            this.stores = stores;
            this.settings = settings;
        }

        @Override
        Delivery delivery() throws Exception {
            if (line == null) {
                direct = S3Server.mock().client();
                bucket = S3Server.mock().bucket();
                line = FaultyLine.to(S3Server.mock(), stores);
                client = S3Server.client(line.endpoint(), settings);
            }
            return new S3Delivery(there(), properties().location());
        }

        @AfterEach
        void close() {
            client.close();
            direct.close();
            line.close();
        }

        FaultyLine line() {
            return line;
        }

        S3Client client() {
            return client;
        }

        String bucket() {
            return bucket;
        }

        DeliveryProperties properties() {
            return Rendered.to("s3://" + bucket + "/deep/out", settings);
        }

        private Bucket there() {
            return new Bucket(client, bucket, properties().s3(), PART);
        }

        @Override
        SortedMap<String, String> contents() throws Exception {
            return S3DeliveryTest.contents(direct, bucket);
        }

        @Override
        void overwrite(String path, String content) {
            direct.putObject(
                    request -> request.bucket(bucket).key("deep/out/" + path),
                    RequestBody.fromString(content, StandardCharsets.UTF_8));
        }

        @Override
        void remove(String path) {
            direct.deleteObject(request -> request.bucket(bucket).key("deep/out/" + path));
        }

        @Override
        Optional<DeliveredRevision> look(String path) {
            Location location = Location.of("s3://" + bucket + "/deep/out/" + path);
            return DeliveredRevision.find(
                    new Folder.InBucket(there(), location.bucket(), location.keyPrefix()), location, () -> {});
        }

        Rendered big() {
            return Rendered.in(work.resolve("big"))
                    .file("sessions.csv", "session_id\r\n1\r\n")
                    .file("big.xlsx", S3DeliveryTest.noise(PART + 1));
        }

        @Test
        void largeFilesGoInPartsAndTheNextRevisionReplacesTheUpperManifest() throws Exception {
            big().deliverTo(delivery());
            big().deliverTo(delivery());
            big().revision(2).run(8).deliverTo(delivery());

            assertThat(contents().get(R1 + "big.xlsx"))
                    .isEqualTo(new String(S3DeliveryTest.noise(PART + 1), StandardCharsets.ISO_8859_1));
            assertThat(delivery().current(EXPORT, PERIOD).map(Rendered::unchained))
                    .contains(big().revision(2).run(8).manifest());
        }

        @Test
        void moreThanAPageOfFilesIsListedWhole() throws Exception {
            Rendered many = Rendered.in(work.resolve("many"));
            for (int number = 0; number < 5; number++) {
                many = many.file("by-user_id/" + number + ".csv", "x");
            }
            many.deliverTo(delivery());

            assertThat(delivery().newestRevision(EXPORT, PERIOD)).hasValue(1);
            List<String> keys = new ArrayList<>();
            assertThat(there().keys("deep/out/" + R1, 100, keys::add)).isTrue();
            assertThat(keys).hasSize(6);
            try (DeliveredRevision revision =
                    look(R1.substring(0, R1.length() - 1)).orElseThrow()) {
                assertThat(revision.differences()).isEmpty();
            }
        }
    }
}
