package dev.billingexport.delivery;

import dev.billingexport.files.Permissions;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where billing files go: {@code export.delivery}.
 *
 * @param location the folder, or prefix in a bucket, above all exports
 * @param signingKey signs each manifest; null leaves them unsigned
 * @param permissions who can read what is delivered to a folder; of no consequence for a bucket
 * @param s3 how a bucket is reached and what is asked of it; of no consequence for a folder
 */
public record DeliveryProperties(
        @DefaultValue("file:out") Location location,
        @Nullable SigningKey signingKey,
        @DefaultValue("owner") Permissions permissions,
        @DefaultValue S3Properties s3) {

    /** The same for another place. */
    public DeliveryProperties at(Location place) {
        return new DeliveryProperties(place, signingKey, permissions, s3);
    }
}
