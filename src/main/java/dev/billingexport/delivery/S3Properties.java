package dev.billingexport.delivery;

import java.net.URI;
import java.time.Period;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.StorageClass;

/**
 * Access to a bucket and options for its objects: {@code export.delivery.s3}. Credentials are not among them; they come
 * from the AWS SDK's default chain.
 *
 * @param endpoint address of an S3-compatible store; null for Amazon's own
 * @param region null for that of the environment or the profile; a store with an endpoint rarely needs one
 * @param pathStyle whether the bucket is part of the path instead of the host name
 * @param kmsKeyId null for the default key of the bucket or the account
 * @param acl null for the bucket's own rules
 * @param storageClass null for the bucket's default
 * @param tags set on every object; at most ten
 * @param checksums whether the store is sent Amazon's checksums; otherwise it is sent MD5 sums, and the stored objects
 *     are compared afterwards
 * @param conditionalWrites whether to rely on the store's conditional writes
 * @param plainHttp whether an endpoint on another machine may be used without encryption
 * @param objectLock how long a revision's objects can't be deleted; null for the bucket's own rules
 */
public record S3Properties(
        @Nullable URI endpoint,
        @Nullable String region,
        @DefaultValue("false") boolean pathStyle,
        @DefaultValue("none") Encryption encryption,
        @Nullable String kmsKeyId,
        @Nullable ObjectCannedACL acl,
        @Nullable StorageClass storageClass,
        @DefaultValue Map<String, String> tags,
        @DefaultValue("true") boolean checksums,
        @DefaultValue("true") boolean conditionalWrites,
        @DefaultValue("false") boolean plainHttp,
        @Nullable ObjectLock objectLock) {

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]", Pattern.CASE_INSENSITIVE);

    /** How the server encrypts objects. */
    public enum Encryption {
        /** The bucket's default. */
        NONE,
        /** {@code AES256}: keys that S3 manages. */
        AES256,
        /** {@code aws:kms}: a key of the Key Management Service. */
        AWS_KMS
    }

    /**
     * Protects objects from deletion for some time.
     *
     * @param mode {@code governance} or {@code compliance}
     * @param retain time from the delivery on, such as {@code 10y}
     */
    public record ObjectLock(
            @Nullable ObjectLockMode mode, @Nullable Period retain) {

        /** Checks that both are set. */
        public ObjectLock {
            if (mode == null || mode == ObjectLockMode.UNKNOWN_TO_SDK_VERSION || retain == null) {
                throw new IllegalArgumentException("export.delivery.s3.object-lock: give both a mode, governance or"
                        + " compliance, and retain, such as 10y.");
            }
            if (retain.isNegative() || retain.isZero()) {
                throw new IllegalArgumentException("export.delivery.s3.object-lock.retain: '" + retain
                        + "' is not a period of time. Use one such as 10y.");
            }
        }
    }

    /** Checks that the values fit together. */
    public S3Properties {
        tags = Map.copyOf(tags);
        if (endpoint != null
                && (endpoint.getHost() == null || !Set.of("http", "https").contains(endpoint.getScheme()))) {
            throw new IllegalArgumentException("export.delivery.s3.endpoint: '" + endpoint
                    + "' is not the address of a server. Use one such as https://minio.example.com:9000.");
        }
        if (endpoint != null
                && "http".equals(endpoint.getScheme())
                && !plainHttp
                && !LOOPBACK.matcher(endpoint.getHost()).matches()) {
            throw new IllegalArgumentException("export.delivery.s3.endpoint: '" + endpoint
                    + "' is plain http to another machine: others on the network could read and change the bill. Use"
                    + " https or, on a private network, set export.delivery.s3.plain-http: true.");
        }
        if (kmsKeyId != null && encryption != Encryption.AWS_KMS) {
            throw new IllegalArgumentException(
                    "export.delivery.s3.kms-key-id has no effect without export.delivery.s3.encryption: aws:kms.");
        }
        if (tags.size() > 10) {
            throw new IllegalArgumentException(
                    "export.delivery.s3.tags: an object can have ten tags, not " + tags.size() + ".");
        }
    }
}
