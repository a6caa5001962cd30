package dev.billingexport.cli;

import dev.billingexport.delivery.DeliveredRevision;
import dev.billingexport.delivery.DeliveryProperties;
import dev.billingexport.delivery.Location;
import dev.billingexport.delivery.Manifest;
import dev.billingexport.job.ExportProperties;

/** Where a delivery lies, as users type it. */
final class DeliveredPlace {

    static final String DESCRIPTION =
            "A period's folder, for its current revision, or a revision's: a path or s3://bucket/prefix."
                    + " For a bucket, export.delivery.s3 is read from the environment.";

    private DeliveredPlace() {}

    /**
     * Looks for a delivery.
     *
     * @throws UsageException where there is none
     */
    static DeliveredRevision find(ExportContext context, String typed) {
        Location place;
        try {
            place = Location.of(typed);
        } catch (IllegalArgumentException e) {
            throw new UsageException(Errors.message(e), e);
        }
        DeliveryProperties settings = context.get(ExportProperties.class).delivery();
        return DeliveredRevision.find(settings.at(place))
                .orElseThrow(() -> new UsageException("There is no delivery in " + typed
                        + ". Give a period's folder, such as out/billing/2026-10, or a revision's below it."));
    }

    /** How a delivery is introduced. */
    static String heading(DeliveredRevision delivered, Manifest manifest) {
        return "%s: %s %s, revision %d, delivered at %s"
                .formatted(
                        delivered,
                        manifest.export(),
                        manifest.period().label(),
                        manifest.revision(),
                        manifest.deliveredAt());
    }
}
