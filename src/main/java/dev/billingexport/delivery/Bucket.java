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
 * What a delivery does to a bucket. Every method throws the SDK's exceptions, its retries spent. A seam for tests, which
 * let the process die at every step.
 */
class Bucket implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    /** A page has a thousand keys, where a server doesn't choose to give fewer. */
    private static final int MAX_PAGES = 2_000;

    /** As long as a line may take for the largest of files; the client's own limit is one for short calls. */
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

    /** What is known of an object without reading it, or empty where there is none. */
    Optional<Stored> find(String key) {
        return ifThere(key, () -> {
            HeadObjectResponse head =
                    client.headObject(request -> request.bucket(name).key(key));
            return new Stored(head.contentLength(), head.eTag(), head.metadata());
        });
    }

    /** A small object, or empty where there is none. Of one that is larger than any manifest, only the beginning is read. */
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
            // S3 denies access to what isn't there to whoever may list no more than the keys under a prefix.
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

    /**
     * Whether an object is what was sent, where the store wasn't told a checksum to compare: by what it calls the object
     * or, where that tells nothing, by reading it back.
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

    /** Stores a file where no object was, in one piece or, where it is large, in parts. */
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

    /** Stores bytes where no object was. */
    void create(String key, byte[] content, S3Requests.Origin origin) {
        put(key, content, origin, requests.ifNothingIsThere(), null);
    }

    /**
     * Stores bytes in place of what was read.
     *
     * @param eTag of what was read, null where there was nothing
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

    /** Deletes an object, which a bucket that is written once does not allow. */
    void delete(String key) {
        client.deleteObject(request -> request.bucket(name).key(key));
    }

    /** Whether objects can be locked in this bucket, as far as it tells. */
    boolean mayLock() {
        try {
            ObjectLockConfiguration configuration = client.getObjectLockConfiguration(request -> request.bucket(name))
                    .objectLockConfiguration();
            return configuration != null && configuration.objectLockEnabled() == ObjectLockEnabled.ENABLED;
        } catch (S3Exception refused) {
            // Whoever may put locked objects need not be allowed to ask; 404, on some stores 400, tells that none can
            // be.
            return refused.statusCode() != 404 && refused.statusCode() != 400;
        }
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

    /** What would be folders right below a prefix, each with the prefix and a slash at its end. */
    List<String> folders(String prefix) {
        List<String> folders = new ArrayList<>();
        Listing listing = new Listing(client, name, prefix, "/");
        for (int pages = 0; listing.hasNext() && pages < MAX_PAGES; pages++) {
            listing.next().commonPrefixes().forEach(folder -> folders.add(folder.prefix()));
        }
        return folders;
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
        return switch (refused.statusCode()) {
            // There is an object; some stores say so as they would of one that is read.
            case 412, 304 -> true;
            // Somebody else is about to write one.
            case 409 -> true;
            // The upload was completed or given up, or what was to be replaced is gone.
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
