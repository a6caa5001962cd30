package dev.billingexport.delivery;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/** The requests that make an object: each says what it is, how it is to be kept, and what is in it. */
record S3Requests(String bucket, S3Properties properties) {

    /** Names of our metadata; S3 puts {@code x-amz-meta-} before them. */
    static final String SHA_256 = "sha256";

    static final String RUN = "run";

    /** An object in one piece. The server compares it with our SHA-256 before it stores it. */
    PutObjectRequest.Builder put(String key, Checksum checksum, long run) {
        return PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .contentType(contentType(key))
                .contentLength(checksum.bytes())
                .checksumSHA256(
                        Base64.getEncoder().encodeToString(HexFormat.of().parseHex(checksum.sha256())))
                .metadata(metadata(checksum, run))
                .serverSideEncryption(encryption())
                .ssekmsKeyId(properties.kmsKeyId())
                .acl(properties.acl())
                .storageClass(properties.storageClass())
                .tagging(tagging());
    }

    /** An object in parts. */
    CreateMultipartUploadRequest upload(String key, Checksum checksum, long run) {
        return CreateMultipartUploadRequest.builder()
                .bucket(bucket)
                .key(key)
                .contentType(contentType(key))
                .metadata(metadata(checksum, run))
                .serverSideEncryption(encryption())
                .ssekmsKeyId(properties.kmsKeyId())
                .acl(properties.acl())
                .storageClass(properties.storageClass())
                .tagging(tagging())
                .build();
    }

    private static Map<String, String> metadata(Checksum checksum, long run) {
        return Map.of(SHA_256, checksum.sha256(), RUN, String.valueOf(run));
    }

    private @Nullable ServerSideEncryption encryption() {
        return switch (properties.encryption()) {
            case NONE -> null;
            case AES256 -> ServerSideEncryption.AES256;
            case AWS_KMS -> ServerSideEncryption.AWS_KMS;
        };
    }

    private @Nullable Tagging tagging() {
        if (properties.tags().isEmpty()) {
            return null;
        }
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
