package dev.billingexport.delivery;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where billing files go: {@code export.delivery}.
 *
 * @param location the folder, or prefix in a bucket, above all exports
 * @param s3 how a bucket is reached and what is asked of it; of no consequence for a folder
 */
public record DeliveryProperties(
        @DefaultValue("file:out") Location location,
        @DefaultValue S3Properties s3) {}
