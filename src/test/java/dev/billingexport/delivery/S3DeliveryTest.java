package dev.billingexport.delivery;

import static dev.billingexport.delivery.Rendered.EXPORT;
import static dev.billingexport.delivery.Rendered.PERIOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.s3.model.Tag;

/** The contract, and what only a bucket has, against a real S3 server. */
class S3DeliveryTest extends DeliveryContract {

    private static final String R1 = EXPORT + "/" + PERIOD + "/r1/";
    private static final int PART = 5 << 20;

    private S3Client client;
    private String bucket;

    @Override
    Delivery delivery() throws Exception {
        client = S3Server.mock().client();
        bucket = S3Server.mock().bucket();
        return delivery(client, Map.of());
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Override
    SortedMap<String, String> contents() throws Exception {
        return contents(client, bucket);
    }

    static SortedMap<String, String> contents(S3Client client, String bucket) throws Exception {
        SortedMap<String, String> contents = new TreeMap<>();
        for (S3Object object :
                client.listObjectsV2Paginator(request -> request.bucket(bucket)).contents()) {
            try (ResponseInputStream<GetObjectResponse> content =
                    client.getObject(request -> request.bucket(bucket).key(object.key()))) {
                contents.put(
                        object.key().substring("deep/out/".length()),
                        new String(content.readAllBytes(), StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    @Override
    void overwrite(String path, String content) {
        client.putObject(
                request -> request.bucket(bucket).key("deep/out/" + path),
                RequestBody.fromString(content, StandardCharsets.UTF_8));
    }

    @Override
    void remove(String path) {
        client.deleteObject(request -> request.bucket(bucket).key("deep/out/" + path));
    }

    @Override
    Optional<DeliveredRevision> look(String path) {
        Location location = Location.of("s3://" + bucket + "/deep/out/" + path);
        Bucket there = new Bucket(
                client, bucket, Rendered.to("s3://" + bucket, Map.of()).s3());
        return DeliveredRevision.find(
                new Folder.InBucket(there, location.bucket(), location.keyPrefix()), location, () -> {});
    }

    private Delivery delivery(S3Client line, Map<String, String> settings) {
        DeliveryProperties properties = Rendered.to("s3://" + bucket + "/deep/out", settings);
        return new S3Delivery(new Bucket(line, bucket, properties.s3(), PART), properties.location());
    }

    @Test
    void objectsSayWhatTheyAreAndAreKeptAsAskedFor() throws Exception {
        Rendered rendered = rendered()
                .file("monthly.xlsx", noise(PART + 1))
                .file("report.html", "<p>")
                .file("days.csv.gz", "packed");
        Map<String, String> settings = Map.of(
                "encryption",
                "AES256",
                "acl",
                "bucket-owner-full-control",
                "storage-class",
                "STANDARD_IA",
                "tags.cost-centre",
                "4711",
                "tags.team",
                "billing");

        try (FaultyLine line = FaultyLine.to(S3Server.mock());
                S3Client seen = S3Server.client(line.endpoint())) {
            rendered.deliverTo(delivery(seen, settings));
            assertThat(line.encrypted())
                    .hasSize(6)
                    .allMatch(request -> request.endsWith(" AES256 null"))
                    .contains("POST monthly.xlsx?uploads AES256 null");
        }

        assertThat(contentTypes())
                .isEqualTo(Map.of(
                        R1 + "sessions.csv", "text/csv;charset=utf-8",
                        R1 + "monthly.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                        R1 + "report.html", "text/html;charset=utf-8",
                        R1 + "days.csv.gz", "application/gzip",
                        R1 + "manifest.json", "application/json",
                        EXPORT + "/" + PERIOD + "/manifest.json", "application/json"));
        for (Manifest.File file : rendered.files()) {
            HeadObjectResponse head = head(R1 + file.name());
            assertThat(head.metadata()).isEqualTo(Map.of("sha256", file.sha256(), "run", "7"));
            assertThat(head.contentEncoding())
                    .as("an encoding would make clients unpack it, to what no manifest names")
                    .isNull();
            assertThat(head.storageClass()).isEqualTo(StorageClass.STANDARD_IA);
            assertThat(client.getObjectTagging(request -> request.bucket(bucket).key("deep/out/" + R1 + file.name()))
                            .tagSet())
                    .extracting(Tag::key, Tag::value)
                    .containsExactlyInAnyOrder(tuple("cost-centre", "4711"), tuple("team", "billing"));
        }
    }

    @Test
    void objectsAreEncryptedWithTheKeyThatIsNamed() throws Exception {
        try (FaultyLine line = FaultyLine.to(S3Server.mock());
                S3Client seen = S3Server.client(line.endpoint())) {
            rendered()
                    .file("big.xlsx", noise(PART + 1))
                    .deliverTo(delivery(seen, Map.of("encryption", "aws:kms", "kms-key-id", "billing")));

            assertThat(line.encrypted())
                    .containsExactly(
                            "PUT sessions.csv aws:kms billing",
                            "POST big.xlsx?uploads aws:kms billing",
                            "PUT manifest.json aws:kms billing",
                            "PUT manifest.json aws:kms billing");
        }
        HeadObjectResponse head = head(R1 + "sessions.csv");
        assertThat(head.serverSideEncryptionAsString()).isEqualTo("aws:kms");
        assertThat(head.ssekmsKeyId()).isEqualTo("billing");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PART - 1, PART, PART + 1, 2 * PART, 2 * PART + 7})
    void largeFilesGoInPartsAndArriveAsTheyAre(int bytes) throws Exception {
        byte[] content = noise(bytes);

        try (FaultyLine line = FaultyLine.to(S3Server.mock());
                S3Client counted = S3Server.client(line.endpoint())) {
            rendered().file("big.xlsx", content).deliverTo(delivery(counted, Map.of()));

            long parts = line.requests().stream()
                    .filter(request -> request.contains("partNumber="))
                    .count();
            assertThat(parts).isEqualTo(bytes <= PART ? 0 : (bytes + PART - 1) / PART);
        }
        assertThat(contents().get(R1 + "big.xlsx")).isEqualTo(new String(content, StandardCharsets.ISO_8859_1));
        assertThat(unfinishedUploads()).isEmpty();
    }

    @Test
    void theSameRunsFilesAreNotSentAgain() throws Exception {
        Rendered rendered = rendered().file("users.csv", "user_id\r\n").file("big.xlsx", noise(PART + 1));
        rendered.deliverTo(delivery(client, Map.of()));
        SortedMap<String, String> delivered = contents();
        remove(EXPORT + "/" + PERIOD + "/manifest.json");
        remove(R1 + "manifest.json");
        remove(R1 + "users.csv");

        try (FaultyLine line = FaultyLine.to(S3Server.mock());
                S3Client counted = S3Server.client(line.endpoint())) {
            rendered.deliverTo(delivery(counted, Map.of()));

            assertThat(line.requests().stream()
                            .filter(request -> !request.startsWith("GET") && !request.startsWith("HEAD"))
                            .map(request -> request.replaceAll(".*/2026-10/", ""))
                            .toList())
                    .containsExactly("r1/users.csv", "r1/manifest.json", "manifest.json");
        }
        assertThat(contents()).isEqualTo(delivered);
    }

    @Test
    void whatIsThereWithoutAManifestIsNotTakenForOurs() throws Exception {
        for (String name : List.of("sessions.csv", "notes.txt", "by user/ü.xlsx")) {
            overwrite(R1 + name, "somebody's");

            assertThatExceptionOfType(DeliveryException.class)
                    .isThrownBy(() -> rendered().deliverTo(delivery(client, Map.of())))
                    .withMessageContainingAll("s3://" + bucket + "/deep/out/" + R1 + name, "resume");
            assertThat(contents()).isEqualTo(Map.of(R1 + name, "somebody's"));
            assertThat(delivery(client, Map.of()).revision(EXPORT, PERIOD, 1)).isEmpty();
            remove(R1 + name);
        }
    }

    @Test
    void aStrayIsNoPartOfADelivery() throws Exception {
        rendered().deliverTo(delivery(client, Map.of()));
        overwrite(R1 + "notes.txt", "somebody's");

        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> rendered().deliverTo(delivery(client, Map.of())))
                .withMessageContainingAll(R1 + "notes.txt", "is not named in its");
    }

    @Test
    void anotherRunsHalfDeliveryIsLeftAlone() throws Exception {
        rendered().run(8).deliverTo(delivery(client, Map.of()));
        remove(EXPORT + "/" + PERIOD + "/manifest.json");
        remove(R1 + "manifest.json");
        SortedMap<String, String> there = contents();

        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> rendered().deliverTo(delivery(client, Map.of())))
                .withMessageContainingAll("r1/sessions.csv", "another run");
        assertThat(contents()).isEqualTo(there);
        assertThat(delivery(client, Map.of()).newestRevision(EXPORT, PERIOD)).hasValue(1);
    }

    @Test
    void aBucketItselfCanBeTheLocation() throws Exception {
        DeliveryProperties properties = Rendered.to("s3://" + bucket, Map.of());
        Delivery delivery = new S3Delivery(new Bucket(client, bucket, properties.s3()), properties.location());

        assertThat(rendered().deliverTo(delivery)).hasToString("s3://" + bucket + "/" + R1);
        assertThat(delivery.newestRevision(EXPORT, PERIOD)).hasValue(1);
        assertThat(client.listObjectsV2(request -> request.bucket(bucket)).contents())
                .extracting(S3Object::key)
                .contains(R1 + "sessions.csv");
    }

    private Map<String, String> contentTypes() throws Exception {
        return contents().keySet().stream()
                .collect(Collectors.toMap(path -> path, path -> head(path).contentType()));
    }

    private HeadObjectResponse head(String path) {
        return client.headObject(request -> request.bucket(bucket).key("deep/out/" + path));
    }

    private List<?> unfinishedUploads() {
        return client.listMultipartUploads(request -> request.bucket(bucket)).uploads();
    }

    private Rendered rendered() {
        return Rendered.in(Path.of(work.toString(), "rendered")).file("sessions.csv", "session_id\r\n1\r\n");
    }

    static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(42).nextBytes(noise);
        return noise;
    }
}
