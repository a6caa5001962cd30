package dev.billingexport.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What a delivery does to a bucket. Every method throws the SDK's exceptions, its retries spent. A seam for tests, which
 * let the process die at every step.
 */
class Bucket implements AutoCloseable {

    private static final String ANY = "*";
    private static final int BUFFER = 1 << 16;

    /** A page has a thousand keys, where a server doesn't choose to give fewer. */
    private static final int MAX_PAGES = 2_000;

    /** As long as a line may take for the largest of files; the client's own limit is one for short calls. */
    private static final Duration DOWNLOAD = Duration.ofHours(6);

    private final S3Client client;
    private final String name;
    private final S3Requests requests;
    private final int partSize;

    Bucket(S3Client client, String name, S3Properties properties) {
        this(client, name, properties, Upload.PART_SIZE);
    }

    Bucket(S3Client client, String name, S3Properties properties, int partSize) {
        this.client = client;
        this.name = name;
        this.requests = new S3Requests(name, properties);
        this.partSize = partSize;
    }

    /** Creates an object, reads it back and deletes it. */
    void tryOut(String prefix) throws IOException {
        // Asked first, for a refusal of a request with a body can look like a broken line.
        client.headBucket(request -> request.bucket(name));
        client.listObjectsV2(
                request -> request.bucket(name).prefix(prefix).delimiter("/").maxKeys(1));
        String key = prefix + ".access-" + UUID.randomUUID();
        byte[] written = key.getBytes(StandardCharsets.UTF_8);
        create(key, written, 0);
        byte[] read = read(key).map(Content::bytes).orElse(new byte[0]);
        client.deleteObject(request -> request.bucket(name).key(key));
        if (!Arrays.equals(written, read)) {
            throw new IOException("what is read is not what was written");
        }
    }

    /** What is known of an object without reading it, or empty where there is none. */
    Optional<Stored> find(String key) {
        try {
            HeadObjectResponse head =
                    client.headObject(request -> request.bucket(name).key(key));
            return Optional.of(new Stored(head.contentLength(), head.metadata()));
        } catch (NoSuchKeyException absent) {
            return Optional.empty();
        }
    }

    /** A small object, or empty where there is none. Of one that is larger than any manifest, only the beginning is read. */
    Optional<Content> read(String key) {
        try {
            return Optional.of(client.getObject(request -> request.bucket(name).key(key), Bucket::beginning));
        } catch (NoSuchKeyException absent) {
            return Optional.empty();
        }
    }

    private static Content beginning(GetObjectResponse response, AbortableInputStream body) {
        try {
            byte[] bytes = body.readNBytes(ManifestJson.MAX_BYTES + 1);
            if (bytes.length > ManifestJson.MAX_BYTES) {
                // To close it would read all that is left.
                body.abort();
            }
            return new Content(bytes, response.eTag());
        } catch (IOException e) {
            throw RetryableException.create("Failed to read the response.", e);
        }
    }

    /**
     * Copies an object to a file.
     *
     * @param bytes that it should have; of a larger one no more than one byte more is copied
     */
    void download(String key, Path file, long bytes) {
        client.getObject(
                request -> request.bucket(name)
                        .key(key)
                        .overrideConfiguration(override -> override.apiCallTimeout(DOWNLOAD)),
                (response, body) -> copy(body, file, bytes + 1));
    }

    private static Path copy(AbortableInputStream body, Path file, long most) {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            long left = most;
            int length = body.read(buffer, 0, (int) Math.min(left, BUFFER));
            while (length > 0) {
                out.write(buffer, 0, length);
                left -= length;
                length = body.read(buffer, 0, (int) Math.min(left, BUFFER));
            }
            if (left == 0) {
                body.abort();
            }
            return file;
        } catch (IOException e) {
            throw RetryableException.create("Failed to read the response.", e);
        }
    }

    /** Stores a file where no object was, in one piece or, where it is large, in parts. */
    void create(String key, Path file, Checksum checksum, long run) throws IOException {
        if (checksum.bytes() > partSize) {
            new Upload(client, requests, key, checksum, run, partSize).of(file);
        } else {
            client.putObject(requests.put(key, checksum, run).ifNoneMatch(ANY).build(), RequestBody.fromFile(file));
        }
    }

    /** Stores bytes where no object was. */
    void create(String key, byte[] content, long run) {
        client.putObject(
                requests.put(key, Checksum.of(content), run).ifNoneMatch(ANY).build(), RequestBody.fromBytes(content));
    }

    /**
     * Stores bytes in place of what was read.
     *
     * @param eTag of what was read, null where there was nothing
     */
    void replace(String key, byte[] content, long run, @Nullable String eTag) {
        client.putObject(
                requests.put(key, Checksum.of(content), run)
                        .ifMatch(eTag)
                        .ifNoneMatch(eTag == null ? ANY : null)
                        .build(),
                RequestBody.fromBytes(content));
    }

    /**
     * Hands out the keys under a prefix, in no folder further down or in any.
     *
     * @param max of them; a listing may come from anybody, and have no end
     * @return whether those were all
     */
    boolean keys(String prefix, int max, Consumer<String> consumer) {
        int pages = 0;
        int keys = 0;
        for (ListObjectsV2Response page :
                client.listObjectsV2Paginator(request -> request.bucket(name).prefix(prefix))) {
            for (S3Object object : page.contents()) {
                if (++keys > max) {
                    return false;
                }
                consumer.accept(object.key());
            }
            if (++pages > MAX_PAGES) {
                return false;
            }
        }
        return true;
    }

    /** Deletes an object, which a bucket that is written once does not allow. */
    void delete(String key) {
        client.deleteObject(request -> request.bucket(name).key(key));
    }

    /** What would be folders right below a prefix, each with the prefix and a slash at its end. */
    List<String> folders(String prefix) {
        return client
                .listObjectsV2Paginator(
                        request -> request.bucket(name).prefix(prefix).delimiter("/"))
                .commonPrefixes()
                .stream()
                .map(CommonPrefix::prefix)
                .toList();
    }

    /** Gives up uploads that were begun under a prefix and never completed: nobody sees them, but they are paid for. */
    void abortUploads(String prefix) {
        for (MultipartUpload upload : client.listMultipartUploadsPaginator(
                        request -> request.bucket(name).prefix(prefix))
                .uploads()) {
            client.abortMultipartUpload(
                    request -> request.bucket(name).key(upload.key()).uploadId(upload.uploadId()));
        }
    }

    @Override
    public void close() {
        client.close();
    }

    /** Whether a conditional write was refused because of what is there, be it what an answer that was lost told of. */
    static boolean isTaken(S3Exception refused) {
        // 412: there is an object. 409: somebody else is about to write one. 404: the upload was completed or given up.
        return refused.statusCode() == 412 || refused.statusCode() == 409 || refused.statusCode() == 404;
    }

    /** @param metadata names in lower case */
    record Stored(long bytes, Map<String, String> metadata) {

        boolean isOf(Manifest.File file, long run) {
            return bytes == file.bytes()
                    && file.sha256().equals(metadata.get(S3Requests.SHA_256))
                    && String.valueOf(run).equals(metadata.get(S3Requests.RUN));
        }
    }

    /** @param eTag changes with the object */
    record Content(byte[] bytes, String eTag) {}
}
