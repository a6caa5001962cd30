package dev.billingexport.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectLockConfiguration;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The operations of a delivery on a bucket. Every method throws the SDK's exceptions after its retries are spent. Not
 * final, so that tests can stop the process at every step.
 */
class Bucket implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    /** A page has 1,000 keys, or fewer where a server chooses so. */
    private static final int MAX_PAGES = 2_000;

    /** Long enough for the largest file over a slow line. The client's own limit is for short calls. */
    private static final Duration DOWNLOAD = Duration.ofHours(6);

    private final S3Client client;
    private final String name;
    private final S3Properties properties;
    private final S3Requests requests;
    private final int partSize;

    Bucket(S3Client client, String name, S3Properties properties) {
        this(client, name, properties, Upload.PART_SIZE);
    }

    Bucket(S3Client client, String name, S3Properties properties, int partSize) {
        this.client = client;
        this.name = name;
        this.properties = properties;
        this.requests = new S3Requests(name, properties);
        this.partSize = partSize;
    }

    S3Properties properties() {
        return properties;
    }

    /** Returns an object's properties without reading it; empty where there is none. */
    Optional<Stored> find(String key) {
        return ifThere(key, () -> {
            HeadObjectResponse head =
                    client.headObject(request -> request.bucket(name).key(key));
            return new Stored(head.contentLength(), head.eTag(), head.metadata());
        });
    }

    /**
     * Reads a small object; empty where there is none. Of an object larger than any manifest, only the beginning is
     * read.
     */
    Optional<Content> read(String key) {
        return ifThere(
                key, () -> client.getObject(request -> request.bucket(name).key(key), Bucket::beginning));
    }

    private <T> Optional<T> ifThere(String key, Supplier<T> request) {
        try {
            return Optional.of(request.get());
        } catch (NoSuchKeyException absent) {
            return Optional.empty();
        } catch (S3Exception refused) {
            // S3 answers 403 for a missing object to callers that may only list keys under a prefix.
            if (refused.statusCode() == 403 && !isListed(key)) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private boolean isListed(String key) {
        Set<String> listed = new HashSet<>();
        keys(key, Folder.MAX_NAMES, listed::add);
        return listed.contains(key);
    }

    private static Content beginning(GetObjectResponse response, AbortableInputStream body) {
        try {
            byte[] bytes = body.readNBytes(ManifestJson.MAX_BYTES + 1);
            if (bytes.length > ManifestJson.MAX_BYTES) {
                // Closing the body would read the rest of it.
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
     * @param bytes expected size; of a larger object at most one byte more is copied
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

    /**
     * Returns whether an object has a file's content. Needed where the store was sent no checksum to compare. Compares
     * the ETag or, where that proves nothing, reads the object.
     */
    boolean holds(String key, Stored stored, Path sent, Checksum checksum) throws IOException {
        return properties.checksums()
                || ETag.of(sent, Upload.partSize(checksum.bytes(), partSize)).isSeenAs(stored.eTag())
                || readBack(key).equals(checksum);
    }

    private Checksum readBack(String key) throws IOException {
        try (ResponseInputStream<GetObjectResponse> content = client.getObject(request ->
                request.bucket(name).key(key).overrideConfiguration(override -> override.apiCallTimeout(DOWNLOAD)))) {
            return Checksum.of(content);
        }
    }

    /** Stores a file where no object exists, in one request or, for a large file, in parts. */
    void create(String key, Path file, Checksum checksum, S3Requests.Origin origin) throws IOException {
        if (checksum.bytes() > partSize) {
            int size = Upload.partSize(checksum.bytes(), partSize);
            new Upload(client, requests, key, checksum, origin, size).of(file);
        } else {
            String md5 = properties.checksums() ? "" : ETag.of(file, partSize).contentMd5();
            client.putObject(
                    requests.put(key, checksum, md5, origin)
                            .ifNoneMatch(requests.ifNothingIsThere())
                            .build(),
                    RequestBody.fromFile(file));
        }
    }

    /** Stores bytes where no object exists. */
    void create(String key, byte[] content, S3Requests.Origin origin) {
        put(key, content, origin, requests.ifNothingIsThere(), null);
    }

    /**
     * Replaces an object by other bytes.
     *
     * @param eTag ETag of the object that was read, null where there was none
     */
    void replace(String key, byte[] content, S3Requests.Origin origin, @Nullable String eTag) {
        if (eTag == null) {
            create(key, content, origin);
        } else {
            put(key, content, origin, null, requests.ifStill(eTag));
        }
    }

    private void put(
            String key,
            byte[] content,
            S3Requests.Origin origin,
            @Nullable String ifNoneMatch,
            @Nullable String ifMatch) {
        client.putObject(
                requests.put(key, Checksum.of(content), ETag.contentMd5(content, content.length), origin)
                        .ifNoneMatch(ifNoneMatch)
                        .ifMatch(ifMatch)
                        .build(),
                RequestBody.fromBytes(content));
    }

    /** Deletes an object. A bucket with write-once rules refuses this. */
    void delete(String key) {
        client.deleteObject(request -> request.bucket(name).key(key));
    }

    /** Returns whether objects can be locked in this bucket, as far as the bucket tells. */
    boolean mayLock() {
        try {
            ObjectLockConfiguration configuration = client.getObjectLockConfiguration(request -> request.bucket(name))
                    .objectLockConfiguration();
            return configuration != null && configuration.objectLockEnabled() == ObjectLockEnabled.ENABLED;
        } catch (S3Exception refused) {
            // The right to store locked objects doesn't include the right to ask. 404, or 400 on some stores, means
            // that locking is off.
            return refused.statusCode() != 404 && refused.statusCode() != 400;
        }
    }

    /**
     * Passes on the keys under a prefix, including those in deeper folders.
     *
     * @param max limit of keys, because a listing may be endless
     * @return whether these are all keys
     */
    boolean keys(String prefix, int max, Consumer<String> consumer) {
        int pages = 0;
        int keys = 0;
        for (Listing listing = new Listing(client, name, prefix, null); listing.hasNext(); ) {
            for (S3Object object : listing.next().contents()) {
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

    /** Returns the folders directly below a prefix, each with the prefix and a slash at its end. */
    List<String> folders(String prefix) {
        List<String> folders = new ArrayList<>();
        Listing listing = new Listing(client, name, prefix, "/");
        for (int pages = 0; listing.hasNext() && pages < MAX_PAGES; pages++) {
            listing.next().commonPrefixes().forEach(folder -> folders.add(folder.prefix()));
        }
        return folders;
    }

    /** Aborts incomplete multipart uploads under a prefix: they are invisible, but are billed. */
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

    /**
     * Returns whether a conditional write was refused because of an existing object or a concurrent write. The object
     * may be our own, if the answer to the first attempt was lost.
     */
    static boolean isTaken(S3Exception refused) {
        return switch (refused.statusCode()) {
            // An object exists; some stores answer as for a conditional read.
            case 412, 304 -> true;
            // A concurrent write is in progress.
            case 409 -> true;
            // The multipart upload was completed or aborted, or the object to replace is gone.
            case 404 -> true;
            default -> false;
        };
    }

    /** @param metadata names in lower case */
    record Stored(long bytes, String eTag, Map<String, String> metadata) {

        boolean isOf(Manifest.File file, long run) {
            return bytes == file.bytes()
                    && file.sha256().equals(metadata.get(S3Requests.SHA_256))
                    && String.valueOf(run).equals(metadata.get(S3Requests.RUN));
        }
    }

    /** @param eTag changes with the object */
    record Content(byte[] bytes, String eTag) {}
}
