package dev.billingexport.delivery;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/** Builds the requests that store objects, with their metadata, options and checksums. */
record S3Requests(String bucket, S3Properties properties) {

    /** Names of this program's metadata. S3 prefixes them with {@code x-amz-meta-}. */
    static final String SHA_256 = "sha256";

    static final String RUN = "run";

    private static final String ANY = "*";

    /**
     * The origin of an object.
     *
     * @param run the run that delivers it
     * @param lockedFrom start of the time in which the object can't be deleted; null for an object that isn't locked
     */
    record Origin(long run, @Nullable Instant lockedFrom) {}

    /**
     * Returns a request that stores an object at once. The server compares the content with our SHA-256 or MD5 before
     * it stores it.
     */
    PutObjectRequest.Builder put(String key, Checksum checksum, String contentMd5, Origin origin) {
        PutObjectRequest.Builder put = PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .contentType(contentType(key))
                .contentLength(checksum.bytes())
                .metadata(metadata(checksum, origin))
                .serverSideEncryption(encryption())
                .ssekmsKeyId(properties.kmsKeyId())
                .acl(properties.acl())
                .storageClass(properties.storageClass())
                .objectLockMode(lockMode(origin))
                .objectLockRetainUntilDate(lockedUntil(origin));
        if (properties.checksums()) {
            put.checksumSHA256(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(checksum.sha256())));
        } else {
            put.contentMD5(contentMd5);
        }
        // An empty tags header is refused by several stores.
        if (!properties.tags().isEmpty()) {
            put.tagging(tagging());
        }
        return put;
    }

    /** Returns a request that begins an upload in parts. */
    CreateMultipartUploadRequest upload(String key, Checksum checksum, Origin origin) {
        CreateMultipartUploadRequest.Builder upload = CreateMultipartUploadRequest.builder()
                .bucket(bucket)
                .key(key)
                .contentType(contentType(key))
                .metadata(metadata(checksum, origin))
                .serverSideEncryption(encryption())
                .ssekmsKeyId(properties.kmsKeyId())
                .acl(properties.acl())
                .storageClass(properties.storageClass())
                .objectLockMode(lockMode(origin))
                .objectLockRetainUntilDate(lockedUntil(origin));
        if (!properties.tags().isEmpty()) {
            upload.tagging(tagging());
        }
        return upload.build();
    }

    /** Returns the condition that no object exists; null where the store supports none. */
    @Nullable
    String ifNothingIsThere() {
        return properties.conditionalWrites() ? ANY : null;
    }

    /** Returns the condition that an object is unchanged; null where the store supports none. */
    @Nullable
    String ifStill(String eTag) {
        return properties.conditionalWrites() ? ETag.strong(eTag) : null;
    }

    private static Map<String, String> metadata(Checksum checksum, Origin origin) {
        return Map.of(SHA_256, checksum.sha256(), RUN, String.valueOf(origin.run()));
    }

    private @Nullable ServerSideEncryption encryption() {
        return switch (properties.encryption()) {
            case NONE -> null;
            case AES256 -> ServerSideEncryption.AES256;
            case AWS_KMS -> ServerSideEncryption.AWS_KMS;
        };
    }

    private @Nullable ObjectLockMode lockMode(Origin origin) {
        S3Properties.ObjectLock lock = properties.objectLock();
        return lock == null || origin.lockedFrom() == null ? null : lock.mode();
    }

    private @Nullable Instant lockedUntil(Origin origin) {
        S3Properties.ObjectLock lock = properties.objectLock();
        return lock == null || origin.lockedFrom() == null
                ? null
                : origin.lockedFrom()
                        .atOffset(ZoneOffset.UTC)
                        .plus(lock.retain())
                        .toInstant();
    }

    private Tagging tagging() {
        List<Tag> tags = properties.tags().entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        return Tagging.builder().tagSet(tags).build();
    }

    static String contentType(String key) {
        return switch (key.substring(key.lastIndexOf('.') + 1)) {
            case "xlsx" -> "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            case "csv" -> "text/csv;charset=utf-8";
            case "html" -> "text/html;charset=utf-8";
            case "json" -> "application/json";
            case "gz" -> "application/gzip";
            default -> "application/octet-stream";
        };
    }
}
