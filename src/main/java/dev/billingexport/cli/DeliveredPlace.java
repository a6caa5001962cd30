package dev.billingexport.cli;

import dev.billingexport.delivery.DeliveredExport;
import dev.billingexport.delivery.DeliveredRevision;
import dev.billingexport.delivery.DeliveryProperties;
import dev.billingexport.delivery.Location;
import dev.billingexport.delivery.Manifest;
import dev.billingexport.job.ExportProperties;
import java.util.Optional;

/** Resolves the place of a delivery as users type it. */
final class DeliveredPlace {

    private static final String PLACE =
            "a path or s3://bucket/prefix. For a bucket, export.delivery.s3 is read from the" + " environment.";

    static final String DESCRIPTION = "A period's folder, for its current revision, or a revision's folder: " + PLACE;

    static final String DESCRIPTION_OR_EXPORT =
            "A period's folder, for its current revision, a revision's folder, or an export's folder: " + PLACE;

    private DeliveredPlace() {}

    /**
     * Finds a delivery.
     *
     * @throws UsageException if there is none
     */
    static DeliveredRevision find(ExportContext context, String typed) {
        return DeliveredRevision.find(at(context, typed))
                .orElseThrow(() -> new UsageException("There is no delivery in " + typed
                        + ". Name a period's folder, such as out/billing/2026-10, or a revision's folder below it."));
    }

    /** Finds an export's folder; empty where the place isn't one. */
    static Optional<DeliveredExport> findExport(ExportContext context, String typed) {
        return DeliveredExport.find(at(context, typed));
    }

    private static DeliveryProperties at(ExportContext context, String typed) {
        try {
            // The path of a manifest stands for its delivery.
            Location place = Location.of(
                    typed.replaceFirst("[/\\\\]manifest\\.json$", "").replaceFirst("^manifest\\.json$", "."));
            return context.get(ExportProperties.class).delivery().at(place);
        } catch (IllegalArgumentException e) {
            throw new UsageException(Errors.message(e), e);
        }
    }

    /** Returns the heading of a delivery for output. */
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
