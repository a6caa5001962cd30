package dev.billingexport.delivery;

import static dev.billingexport.delivery.Rendered.EXPORT;
import static dev.billingexport.delivery.Rendered.PERIOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A bucket that can't be used is noticed before anything is collected, and what is wrong is said, without secrets. */
@ExtendWith(OutputCaptureExtension.class)
class S3AccessTest {

    @TempDir
    Path work;

    @Test
    void aMissingBucketIsNamed() throws Exception {
        for (S3Server server : new S3Server[] {S3Server.mock(), S3Server.proxy()}) {
            assertThatItIsSaid(
                    () -> delivery(server.endpoint(), "missing", S3Server.SECRET)
                            .checkAccess(EXPORT, PERIOD),
                    "s3://missing/out/",
                    "the bucket doesn't exist",
                    "export.delivery");
        }
    }

    @Test
    void wrongCredentialsAreRefused() throws Exception {
        String bucket = S3Server.proxy().bucket();
        String wrong = S3Server.SECRET + "-but-wrong";

        assertThatItIsSaid(
                () -> delivery(S3Server.proxy().endpoint(), bucket, wrong).checkAccess(EXPORT, PERIOD),
                bucket,
                "access was denied",
                "403");
        assertThatItIsSaid(
                () -> delivery(S3Server.proxy().endpoint(), bucket, wrong).current(EXPORT, PERIOD),
                bucket,
                "access was denied");
        assertThatItIsSaid(
                () -> rendered().deliverTo(delivery(S3Server.proxy().endpoint(), bucket, wrong)),
                bucket,
                "access was denied",
                "resume");
    }

    @Test
    void rightCredentialsAreNot() throws Exception {
        String bucket = S3Server.proxy().bucket();
        Delivery delivery = delivery(S3Server.proxy().endpoint(), bucket, S3Server.SECRET);

        delivery.checkAccess(EXPORT, PERIOD);
        assertThat(delivery.newestRevision(EXPORT, PERIOD)).isEmpty();
        rendered().deliverTo(delivery);
        assertThat(delivery.current(EXPORT, PERIOD).map(Rendered::unchained))
                .contains(rendered().manifest());
    }

    @Test
    void aBucketThatCanOnlyBeReadIsRefused() throws Exception {
        Delivery delivery = delivery(S3Server.readOnly().endpoint(), "archive", S3Server.SECRET);

        assertThat(delivery.newestRevision(EXPORT, PERIOD)).isEmpty();
        assertThatItIsSaid(() -> delivery.checkAccess(EXPORT, PERIOD), "s3://archive/out/", "501");
    }

    @Test
    void aServerThatDoesNotAnswerIsNamed() {
        assertThatItIsSaid(
                () -> delivery(URI.create("http://127.0.0.1:1"), "bucket", S3Server.SECRET)
                        .checkAccess(EXPORT, PERIOD),
                "s3://bucket/out/",
                "127.0.0.1",
                "refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "list-type=2", "HEAD", "GET"})
    void aPolicyThatForbidsAnyPartOfItIsNoticed(String request) throws Exception {
        String bucket = S3Server.mock().bucket();
        try (FaultyLine line = FaultyLine.to(S3Server.mock())) {
            line.fail(FaultyLine.Fault.DENIED, 1_000, request);

            assertThatItIsSaid(
                    () -> delivery(line.endpoint(), bucket, S3Server.SECRET).checkAccess(EXPORT, PERIOD),
                    "s3://" + bucket + "/out/",
                    "access was denied",
                    "put, read and list");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WITHOUT_CONDITIONS  | If-None-Match, conditional-writes: false, Nothing then prevents, two runs, 501",
                "IGNORING_CONDITIONS | ignores If-None-Match, conditional-writes: false, Nothing then prevents, two runs",
                "WITHOUT_CHECKSUMS   | Unsupported header, export.delivery.s3.checksums: false, 400"
            })
    void aStoreThatLacksSomethingIsToldBeforeAnythingIsCollected(Store store, String said) throws Exception {
        String bucket = S3Server.mock().bucket();
        try (FaultyLine line = FaultyLine.to(S3Server.mock(), store)) {
            assertThatItIsSaid(
                    () -> delivery(line.endpoint(), bucket, S3Server.SECRET).checkAccess(EXPORT, PERIOD),
                    said.split(", "));
        }
    }

    @Test
    void aStoreThatIgnoresIfMatchIsTold() throws Exception {
        String bucket = S3Server.mock().bucket();
        try (FaultyLine line = FaultyLine.to(S3Server.mock(), Store.IGNORING_IF_MATCH)) {
            assertThatItIsSaid(
                    () -> delivery(line.endpoint(), bucket, S3Server.SECRET).checkAccess(EXPORT, PERIOD),
                    "ignores If-Match",
                    "conditional-writes: false");
        }
    }

    @Test
    void aBucketWithoutObjectLockIsToldBeforeAnythingIsCollected() throws Exception {
        String bucket = S3Server.mock().bucket();
        DeliveryProperties properties = Rendered.to(
                "s3://" + bucket + "/out", Map.of("object-lock.mode", "governance", "object-lock.retain", "10y"));
        Delivery delivery =
                new S3Delivery(new Bucket(S3Server.mock().client(), bucket, properties.s3()), properties.location());

        assertThatItIsSaid(() -> delivery.checkAccess(EXPORT, PERIOD), "without Object Lock", "object-lock");
    }

    @Test
    void aBucketThatDeletesNothingIsAWarning(CapturedOutput output) throws Exception {
        String bucket = S3Server.mock().bucket();
        try (FaultyLine line = FaultyLine.to(S3Server.mock())) {
            line.fail(FaultyLine.Fault.DENIED, 1_000, "DELETE");

            delivery(line.endpoint(), bucket, S3Server.SECRET).checkAccess(EXPORT, PERIOD);

            assertThat(output.getAll()).contains("/.access", "can't be deleted", "access was denied");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | RequestTimeTooSkewed         | this machine's clock, set the clock",
                "301 | PermanentRedirect            | in another region, eu-central-1, export.delivery.s3.region",
                "400 | AuthorizationHeaderMalformed | in another region, eu-central-1, export.delivery.s3.region",
                "404 | NoSuchBucket                 | the bucket doesn't exist",
                "404 | NoSuchUpload                 | gone with the wind",
                "501 | NotImplemented               | gone with the wind, checksums: false, acl"
            })
    void whatAStoreRefusesIsToldWithWhatToDo(int status, String code, String said) {
        AwsServiceException refusal = S3Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("gone with the wind")
                        .sdkHttpResponse(SdkHttpResponse.builder()
                                .putHeader("x-amz-bucket-region", "eu-central-1")
                                .putHeader("date", "Fri, 27 Nov 2026 12:00:00 GMT")
                                .build())
                        .build())
                .build();

        assertThat(S3Refusal.reason(refusal)).contains(said.split(", ")).contains("HTTP " + status + ", " + code);
    }

    @Test
    void aListingThatRepeatsItselfEnds() throws Exception {
        String bucket = S3Server.mock().bucket();
        Rendered rendered = rendered().file("users.csv", "").file("days.csv", "");
        try (FaultyLine line = FaultyLine.to(S3Server.mock(), Store.ODD_ANSWERS, Store.REPEATING_ITSELF)) {
            Delivery delivery = delivery(line.endpoint(), bucket, S3Server.SECRET);

            assertThatItIsSaid(() -> rendered.deliverTo(delivery), "there is more", "lists the same again");
        }
    }

    @Test
    void whereUnfinishedUploadsCantBeListedFilesAreDeliveredAllTheSame() throws Exception {
        String bucket = S3Server.mock().bucket();
        try (FaultyLine line = FaultyLine.to(S3Server.mock())) {
            line.fail(FaultyLine.Fault.DENIED, 1_000, "GET", "?uploads");
            Delivery delivery = delivery(line.endpoint(), bucket, S3Server.SECRET);

            rendered().deliverTo(delivery);

            assertThat(delivery.current(EXPORT, PERIOD).map(Rendered::unchained))
                    .contains(rendered().manifest());
        }
    }

    @Test
    void settingsThatDontGoTogetherAreRefused() {
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> Rendered.to("s3://bucket", Map.of("kms-key-id", "x")))
                .havingRootCause()
                .withMessageContaining("encryption: aws:kms");
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> Rendered.to("s3://bucket", Map.of("endpoint", "minio:9000")))
                .havingRootCause()
                .withMessageContaining("not the address of a server");
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> Rendered.to("s3://bucket", Map.of("encryption", "rot13")));
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> Rendered.to("s3://bucket", Map.of("endpoint", "http://minio.example.com:9000")))
                .havingRootCause()
                .withMessageContainingAll("plain http to another machine", "export.delivery.s3.plain-http: true");
        for (Map<String, String> fine : List.of(
                Map.of("endpoint", "http://minio.example.com:9000", "plain-http", "true"),
                Map.of("endpoint", "http://localhost:9000"),
                Map.of("endpoint", "http://127.0.0.1:9000"),
                Map.of("endpoint", "http://[::1]:9000"))) {
            assertThat(Rendered.to("s3://bucket", fine).s3().endpoint()).isNotNull();
        }
        for (Map<String, String> half : List.of(
                Map.of("object-lock.mode", "governance"),
                Map.of("object-lock.retain", "10y"),
                Map.of("object-lock.mode", "governance", "object-lock.retain", "0d"))) {
            assertThatExceptionOfType(BindException.class)
                    .isThrownBy(() -> Rendered.to("s3://bucket", half))
                    .havingRootCause()
                    .withMessageContaining("export.delivery.s3.object-lock");
        }
        Map<String, String> tags = IntStream.rangeClosed(1, 11)
                .boxed()
                .collect(Collectors.toMap(number -> "tags.t" + number, number -> "x"));
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> Rendered.to("s3://bucket", tags))
                .havingRootCause()
                .withMessageContaining("ten tags, not 11");
    }

    private static void assertThatItIsSaid(ThrowingCallable call, String... what) {
        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(call)
                .withMessageContainingAll(what)
                .satisfies(failure -> {
                    StringWriter trace = new StringWriter();
                    failure.printStackTrace(new PrintWriter(trace));
                    assertThat(trace.toString()).doesNotContain(S3Server.SECRET, S3Server.KEY);
                });
    }

    private static Delivery delivery(URI endpoint, String bucket, String secret) {
        DeliveryProperties properties = Rendered.to("s3://" + bucket + "/out", Map.of());
        S3Client client = S3Server.client(endpoint, S3Server.KEY, secret);
        return new S3Delivery(new Bucket(client, bucket, properties.s3()), properties.location());
    }

    private Rendered rendered() {
        return Rendered.in(work).file("sessions.csv", "session_id\r\n1\r\n");
    }
}
