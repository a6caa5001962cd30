package dev.billingexport.delivery;

import dev.billingexport.files.Permissions;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where billing files are delivered: {@code export.delivery}.
 *
 * @param location the folder, or the prefix in a bucket, above all exports
 * @param signingKey signs each manifest; null leaves manifests unsigned
 * @param permissions who can read what is delivered to a folder; ignored for a bucket
 * @param s3 access to a bucket and options for its objects; ignored for a folder
 */
public record DeliveryProperties(
        @DefaultValue("file:out") Location location,
        @Nullable SigningKey signingKey,
        @DefaultValue("owner") Permissions permissions,
        @DefaultValue S3Properties s3) {

    /** Returns the same settings for another place. */
    public DeliveryProperties at(Location place) {
        return new DeliveryProperties(place, signingKey, permissions, s3);
    }
}
