package dev.billingexport.cli;

import dev.billingexport.delivery.DeliveredExport;
import dev.billingexport.delivery.DeliveredRevision;
import dev.billingexport.delivery.DeliveryProperties;
import dev.billingexport.delivery.Location;
import dev.billingexport.delivery.Manifest;
import dev.billingexport.job.ExportProperties;
import java.util.Optional;

/** Where a delivery lies, as users type it. */
final class DeliveredPlace {

    private static final String PLACE =
            "a path or s3://bucket/prefix. For a bucket, export.delivery.s3 is read from the" + " environment.";

    static final String DESCRIPTION = "A period's folder, for its current revision, or a revision's: " + PLACE;

    static final String DESCRIPTION_OR_EXPORT =
            "A period's folder, for its current revision, a revision's, or an export's folder: " + PLACE;

    private DeliveredPlace() {}

    /**
     * Looks for a delivery.
     *
     * @throws UsageException where there is none
     */
    static DeliveredRevision find(ExportContext context, String typed) {
        return DeliveredRevision.find(at(context, typed))
                .orElseThrow(() -> new UsageException("There is no delivery in " + typed
                        + ". Give a period's folder, such as out/billing/2026-10, or a revision's below it."));
    }

    /** Looks for an export's folder; empty where the place is none. */
    static Optional<DeliveredExport> findExport(ExportContext context, String typed) {
        return DeliveredExport.find(at(context, typed));
    }

    private static DeliveryProperties at(ExportContext context, String typed) {
        try {
            // Whoever names a manifest means the delivery that it is of.
            Location place = Location.of(
                    typed.replaceFirst("[/\\\\]manifest\\.json$", "").replaceFirst("^manifest\\.json$", "."));
            return context.get(ExportProperties.class).delivery().at(place);
        } catch (IllegalArgumentException e) {
            throw new UsageException(Errors.message(e), e);
        }
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
