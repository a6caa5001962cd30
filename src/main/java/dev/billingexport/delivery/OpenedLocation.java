package dev.billingexport.delivery;

/**
 * An open place where deliveries are read.
 *
 * @param line must be closed when nothing more is read
 */
record OpenedLocation(Folder folder, Location location, AutoCloseable line) {

    /** Opens the place that the properties name, on this machine or in a bucket. */
    static OpenedLocation open(DeliveryProperties properties) {
        Location location = properties.location();
        if (!location.isBucket()) {
            return new OpenedLocation(new Folder.Local(location.folder()), location, () -> {});
        }
        Bucket bucket = S3Connection.open(location.bucket(), properties.s3());
        return new OpenedLocation(
                new Folder.InBucket(bucket, location.bucket(), location.keyPrefix()), location, bucket);
    }
}
