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

/** The requests that make an object: each says what it is, how it is to be kept, and what is in it. */
record S3Requests(String bucket, S3Properties properties) {

    /** Names of our metadata; S3 puts {@code x-amz-meta-} before them. */
    static final String SHA_256 = "sha256";

    static final String RUN = "run";

    private static final String ANY = "*";

    /**
     * Whose an object is.
     *
     * @param run the run that delivers it
     * @param lockedFrom when the time begins for which nobody can delete the object; null for one that isn't locked
     */
    record Origin(long run, @Nullable Instant lockedFrom) {}

    /** An object in one piece. The server compares it with our SHA-256, or MD5, before it stores it. */
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
        // Without tags the header would be there, and empty, which several stores refuse.
        if (!properties.tags().isEmpty()) {
            put.tagging(tagging());
        }
        return put;
    }

    /** An object in parts. */
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

    /** The condition that nothing is there; null where the store knows none. */
    @Nullable
    String ifNothingIsThere() {
        return properties.conditionalWrites() ? ANY : null;
    }

    /** The condition that an object is still what was read; null where the store knows none. */
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
