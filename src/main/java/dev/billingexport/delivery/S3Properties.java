package dev.billingexport.delivery;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
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
 */
public record S3Properties(
        @Nullable URI endpoint,
        @Nullable String region,
        @DefaultValue("false") boolean pathStyle,
        @DefaultValue("none") Encryption encryption,
        @Nullable String kmsKeyId,
        @Nullable ObjectCannedACL acl,
        @Nullable StorageClass storageClass,
        @DefaultValue Map<String, String> tags) {

    /** What the server is asked to encrypt with. */
    public enum Encryption {
        /** Nothing is asked for: the bucket's default holds. */
        NONE,
        /** {@code AES256}: keys that S3 manages. */
        AES256,
        /** {@code aws:kms}: a key of the Key Management Service. */
        AWS_KMS
    }

    /** Checks that the values go together. */
    public S3Properties {
        tags = Map.copyOf(tags);
        if (endpoint != null
                && (endpoint.getHost() == null || !Set.of("http", "https").contains(endpoint.getScheme()))) {
            throw new IllegalArgumentException("export.delivery.s3.endpoint: '" + endpoint
                    + "' is no address of a server. Give one such as https://minio.example.com:9000.");
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
