package dev.billingexport.delivery;

import static dev.billingexport.delivery.Rendered.EXPORT;
import static dev.billingexport.delivery.Rendered.PERIOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket that can't be used is noticed before anything is collected, and what is wrong is said, without secrets. */
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
                    "there is no such bucket",
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
    @ValueSource(strings = {"PUT", "DELETE", "list-type=2", "HEAD", "GET"})
    void aPolicyThatForbidsAnyPartOfItIsNoticed(String request) throws Exception {
        String bucket = S3Server.mock().bucket();
        try (FaultyLine line = FaultyLine.to(S3Server.mock())) {
            line.fail(FaultyLine.Fault.DENIED, 1_000, request);

            assertThatItIsSaid(
                    () -> delivery(line.endpoint(), bucket, S3Server.SECRET).checkAccess(EXPORT, PERIOD),
                    "s3://" + bucket + "/out/",
                    "access was denied",
                    "put, read and deleted");
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
                .withMessageContaining("no address of a server");
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> Rendered.to("s3://bucket", Map.of("encryption", "rot13")));
        Map<String, String> tags = IntStream.rangeClosed(1, 11)
                .boxed()
                .collect(Collectors.toMap(number -> "tags.t" + number, number -> "x"));
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> Rendered.to("s3://bucket", tags))
                .havingRootCause()
                .withMessageContaining("these are 11");
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
