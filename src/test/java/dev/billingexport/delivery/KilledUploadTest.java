package dev.billingexport.delivery;

import static dev.billingexport.delivery.Rendered.EXPORT;
import static dev.billingexport.delivery.Rendered.PERIOD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.testing.FolderContents;
import dev.billingexport.testing.SecondJvm;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A delivery to a bucket whose process is killed at every moment, and resumed. */
class KilledUploadTest {

    private static final int PART = 5 << 20;

    @TempDir
    Path work;

    private S3Client client;
    private Rendered first;
    private Rendered second;
    private SortedMap<String, String> undisturbed;

    @BeforeEach
    void render() throws Exception {
        client = S3Server.mock().client();
        byte[] big = S3DeliveryTest.noise(PART + 1);
        first = Rendered.in(work.resolve("first"))
                .file("sessions.csv", "session_id\r\n1\r\n")
                .file("big.xlsx", big);
        second =
                Rendered.in(work.resolve("second")).revision(2).run(8).file("sessions.csv", "session_id\r\n1\r\n2\r\n");
        Path local = work.resolve("local");
        first.deliverTo(Delivery.at(Rendered.to(local)));
        undisturbed = FolderContents.of(local);
    }

    @AfterEach
    void close() {
        client.close();
    }

    /** Every third moment in the suite; the Maven profile {@code soak} takes all. */
    @Test
    void everyRequestMayBeTheLast() throws Exception {
        int step = Integer.getInteger("soak.moments.step", 3);
        int moments = 0;
        for (boolean survived = false; !survived; moments += step) {
            String bucket = S3Server.mock().bucket();
            survived = deliver(first, bucket, mortal(moments));
            assertThatReadersSeeWholeDeliveries(bucket);
            deliver(first, bucket, client);
            assertThatItIsAsIfNothingHadHappened(bucket, "killed after " + moments + " moments");
        }
        assertThat(moments).isGreaterThanOrEqualTo(25);
    }

    @Test
    void theRevisionBeforeStaysUntilTheNextIsComplete() throws Exception {
        String bucket = S3Server.mock().bucket();
        deliver(first, bucket, client);
        for (int moments = 0; !deliver(second, bucket, mortal(moments)); moments++) {
            Manifest current = Rendered.unchained(
                    delivery(bucket, client).current(EXPORT, PERIOD).orElseThrow());
            assertThat(current).isIn(first.manifest(), second.manifest());
        }
        assertThat(delivery(bucket, client).current(EXPORT, PERIOD).map(Rendered::unchained))
                .contains(second.manifest());
    }

    @Test
    void aProcessIsReallyKilledInMidUpload() throws Exception {
        String bucket = S3Server.mock().bucket();
        Process process;
        try (FaultyLine line = FaultyLine.to(S3Server.mock())) {
            line.fail(FaultyLine.Fault.HANG, 1, "partNumber=2");
            process = new ProcessBuilder(SecondJvm.main(
                            Uploader.class,
                            line.endpoint().toString(),
                            bucket,
                            work.resolve("first").toString()))
                    .inheritIO()
                    .start();
            line.awaitHanging();
            process.destroyForcibly().waitFor();
        }
        assertThat(client.listMultipartUploads(request -> request.bucket(bucket))
                        .uploads())
                .hasSize(1);
        assertThat(delivery(bucket, client).current(EXPORT, PERIOD)).isEmpty();

        deliver(first, bucket, client);
        assertThatItIsAsIfNothingHadHappened(bucket, "killed");
    }

    private void assertThatReadersSeeWholeDeliveries(String bucket) {
        Map<String, String> etags = client.listObjectsV2(request -> request.bucket(bucket)).contents().stream()
                .collect(Collectors.toMap(S3Object::key, S3Object::eTag));
        String period = "deep/out/" + EXPORT + "/" + PERIOD + "/";
        if (etags.containsKey(period + "manifest.json")) {
            assertThat(etags).containsEntry(period + "r1/manifest.json", etags.get(period + "manifest.json"));
        }
        if (etags.containsKey(period + "r1/manifest.json")) {
            assertThat(etags).containsKeys(period + "r1/sessions.csv", period + "r1/big.xlsx");
        }
    }

    private void assertThatItIsAsIfNothingHadHappened(String bucket, String what) throws Exception {
        assertThat(S3DeliveryTest.contents(client, bucket)).as(what).isEqualTo(undisturbed);
        assertThat(client.listMultipartUploads(request -> request.bucket(bucket))
                        .uploads())
                .as(what)
                .isEmpty();
    }

    private static boolean deliver(Rendered rendered, String bucket, S3Client line) {
        try {
            rendered.deliverTo(delivery(bucket, line));
            return true;
        } catch (MortalDisk.Killed killed) {
            return false;
        }
    }

    private static Delivery delivery(String bucket, S3Client line) {
        DeliveryProperties properties = Rendered.to("s3://" + bucket + "/deep/out", Map.of());
        return new S3Delivery(new Bucket(line, bucket, properties.s3(), PART), properties.location());
    }

    /** A client whose process dies before its first request, after it, before its second and so on. */
    private S3Client mortal(int moments) {
        int[] left = {moments};
        Runnable live = () -> {
            if (left[0]-- <= 0) {
                left[0] = 0;
                throw new MortalDisk.Killed();
            }
        };
        return (S3Client) Proxy.newProxyInstance(
                S3Client.class.getClassLoader(), new Class<?>[] {S3Client.class}, (proxy, method, arguments) -> {
                    live.run();
                    try {
                        Object answer = method.invoke(client, arguments);
                        live.run();
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** What the process does that is killed. */
    static class Uploader {

        public static void main(String[] arguments) {
            S3Client client = S3Server.client(URI.create(arguments[0]));
            Rendered.in(Path.of(arguments[2]))
                    .file("sessions.csv", "session_id\r\n1\r\n")
                    .file("big.xlsx", S3DeliveryTest.noise(PART + 1))
                    .deliverTo(delivery(arguments[1], client));
        }
    }
}
