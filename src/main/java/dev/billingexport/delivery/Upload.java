package dev.billingexport.delivery;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Stores a large file in parts, one after the other, holding one part in memory. Each part has a checksum, and the
 * whole is checked against ours before it becomes an object.
 *
 * @param checksum the file's expected checksum
 * @param partSize in bytes
 */
record Upload(
        S3Client client, S3Requests requests, String key, Checksum checksum, S3Requests.Origin origin, int partSize) {

    /** Small, so that repeating a part costs little time; S3 requires at least 5 MiB. */
    static final int PART_SIZE = 8 << 20;

    private static final int MAX_PARTS = 10_000;

    /** Returns the part size for a file: larger than usual where there would be too many parts. */
    static int partSize(long bytes, int usual) {
        return Math.max(usual, Math.toIntExact(bytes / MAX_PARTS + 1));
    }

    /**
     * Creates the object where none exists. Leaves no parts behind on failure, unless the process or the connection
     * dies.
     */
    void of(Path file) throws IOException {
        String id = client.createMultipartUpload(requests.upload(key, checksum, origin))
                .uploadId();
        try {
            List<CompletedPart> parts = send(file, id);
            client.completeMultipartUpload(request -> request.bucket(requests.bucket())
                    .key(key)
                    .uploadId(id)
                    .ifNoneMatch(requests.ifNothingIsThere())
                    .multipartUpload(upload -> upload.parts(parts)));
        } catch (IOException | RuntimeException failed) {
            try {
                client.abortMultipartUpload(
                        request -> request.bucket(requests.bucket()).key(key).uploadId(id));
            } catch (SdkException remains) {
                failed.addSuppressed(remains);
            }
            throw failed;
        }
    }

    private List<CompletedPart> send(Path file, String id) throws IOException {
        List<CompletedPart> parts = new ArrayList<>();
        byte[] buffer = new byte[partSize];
        Checksum.Sum sum = new Checksum.Sum();
        try (InputStream in = Files.newInputStream(file)) {
            for (int filled = in.readNBytes(buffer, 0, buffer.length);
                    filled > 0;
                    filled = in.readNBytes(buffer, 0, buffer.length)) {
                sum.add(buffer, filled);
                parts.add(send(buffer, filled, parts.size() + 1, id));
            }
        }
        sum.result().require(checksum, file);
        return parts;
    }

    private CompletedPart send(byte[] buffer, int filled, int number, String id) {
        RequestBody body = RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(buffer, 0, filled), filled, "application/octet-stream");
        UploadPartRequest.Builder part = UploadPartRequest.builder()
                .bucket(requests.bucket())
                .key(key)
                .uploadId(id)
                .partNumber(number)
                .contentLength((long) filled);
        if (!requests.properties().checksums()) {
            // Otherwise the SDK sends a checksum of its own.
            part.contentMD5(ETag.contentMd5(buffer, filled));
        }
        UploadPartResponse sent = client.uploadPart(part.build(), body);
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(sent.eTag())
                .checksumCRC32(sent.checksumCRC32())
                .build();
    }
}
