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
 * How a bucket is reached and how objects are stored in it: {@code export.delivery.s3}. Credentials are none of it, they
 * come from the AWS SDK's default chain.
 *
 * @param endpoint of an S3-compatible store; null for Amazon's own
 * @param region null for what the environment or the profile names; a store with an endpoint rarely cares
 * @param pathStyle whether the bucket stands in the path and not in the host's name
 * @param kmsKeyId null for the key that the bucket or the account has by default
 * @param acl null for the bucket's own rules
 * @param storageClass null for the bucket's default
 * @param tags on every object; at most ten
 * @param checksums whether the store is sent checksums of Amazon's; else it is sent MD5 sums, and what it holds is
 *     compared afterwards
 * @param conditionalWrites whether the store is relied on to write only where nothing is, or what was read
 * @param plainHttp whether an endpoint on another machine may do without encryption
 * @param objectLock how long nobody can delete a revision's objects; null for the bucket's own rules
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

    /** What the server is asked to encrypt with. */
    public enum Encryption {
        /** Nothing is asked for: the bucket's default holds. */
        NONE,
        /** {@code AES256}: keys that S3 manages. */
        AES256,
        /** {@code aws:kms}: a key of the Key Management Service. */
        AWS_KMS
    }

    /**
     * How long an object is kept, whoever wants to delete it.
     *
     * @param mode {@code governance} or {@code compliance}
     * @param retain from the delivery on, such as {@code 10y}
     */
    public record ObjectLock(
            @Nullable ObjectLockMode mode, @Nullable Period retain) {

        /** Checks that both are there. */
        public ObjectLock {
            if (mode == null || mode == ObjectLockMode.UNKNOWN_TO_SDK_VERSION || retain == null) {
                throw new IllegalArgumentException("export.delivery.s3.object-lock: give both a mode, governance or"
                        + " compliance, and retain, such as 10y.");
            }
            if (retain.isNegative() || retain.isZero()) {
                throw new IllegalArgumentException(
                        "export.delivery.s3.object-lock.retain: '" + retain + "' is no time. Give one such as 10y.");
            }
        }
    }

    /** Checks that the values go together. */
    public S3Properties {
        tags = Map.copyOf(tags);
        if (endpoint != null
                && (endpoint.getHost() == null || !Set.of("http", "https").contains(endpoint.getScheme()))) {
            throw new IllegalArgumentException("export.delivery.s3.endpoint: '" + endpoint
                    + "' is no address of a server. Give one such as https://minio.example.com:9000.");
        }
        if (endpoint != null
                && "http".equals(endpoint.getScheme())
                && !plainHttp
                && !LOOPBACK.matcher(endpoint.getHost()).matches()) {
            throw new IllegalArgumentException("export.delivery.s3.endpoint: '" + endpoint
                    + "' is plain http to another machine: whoever is on the way could read the bill and change it. Use"
                    + " https or, on a network that nobody else can reach, set export.delivery.s3.plain-http: true.");
        }
        if (kmsKeyId != null && encryption != Encryption.AWS_KMS) {
            throw new IllegalArgumentException(
                    "export.delivery.s3.kms-key-id is of no use without export.delivery.s3.encryption: aws:kms.");
        }
        if (tags.size() > 10) {
            throw new IllegalArgumentException(
                    "export.delivery.s3.tags: an object can have ten; these are " + tags.size() + ".");
        }
    }
}
