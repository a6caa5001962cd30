package dev.billingexport.delivery;

import static dev.billingexport.delivery.Rendered.EXPORT;
import static dev.billingexport.delivery.Rendered.PERIOD;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** A file that is larger than the heap: the profile that runs this gives it 256 MB. */
@Tag("large")
class LargeUploadTest {

    private static final int MEBIBYTES = 1_024;

    @TempDir
    Path work;

    @Test
    void aGibibyteGoesInPartsAndArrivesAsItIs() throws Exception {
        assertThat(Runtime.getRuntime().maxMemory()).isLessThan(400L << 20);
        Path big = work.resolve("big.xlsx");
        byte[] noise = new byte[1 << 20];
        Random random = new Random(42);
        try (OutputStream out = Files.newOutputStream(big)) {
            for (int written = 0; written < MEBIBYTES; written++) {
                random.nextBytes(noise);
                out.write(noise);
            }
        }
        Checksum checksum = Checksum.of(big);
        Manifest.File file = new Manifest.File("big.xlsx", null, checksum.bytes(), checksum.sha256(), 1, null);
        Rendered rendered = new Rendered(work, 1, 7, Rendered.in(work).at(), "0.1.0", List.of(file));
        String bucket = S3Server.mock().bucket();
        DeliveryProperties properties = Rendered.to("s3://" + bucket, Map.of());

        try (S3Client client = S3Server.mock().client()) {
            Bucket there = new Bucket(client, bucket, properties.s3());
            rendered.deliverTo(new S3Delivery(there, properties.location()));
            there.download(EXPORT + "/" + PERIOD + "/r1/big.xlsx", work.resolve("back"), checksum.bytes());
        }

        assertThat(Checksum.of(work.resolve("back"))).isEqualTo(checksum);
    }
}
