package dev.billingexport.cli;

import dev.billingexport.delivery.DeliveredRevision;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON document of {@code verify --json}; see {@code src/docs/json.md}.
 *
 * @param location as it was typed
 * @param verified whether all deliveries are what their manifests say
 * @param differences text for each difference of signatures or between deliveries
 * @param notes what could not be checked
 */
record VerifyReport(
        String location,
        boolean verified,
        List<DeliveryReport> deliveries,
        List<String> differences,
        List<String> notes) {

    /**
     * One revision. Fields that its manifest lacks are null, and all of them where it can't be read.
     *
     * @param location of the revision
     * @param differences text for each difference; empty where there is none
     */
    record DeliveryReport(
            String location,
            @Nullable String export,
            RunReport.@Nullable PeriodReport period,
            @Nullable Integer revision,
            @Nullable Instant deliveredAt,
            @Nullable Integer files,
            @Nullable Long sessions,
            List<String> differences) {

        static DeliveryReport of(DeliveredRevision delivered, List<String> differences) {
            return delivered
                    .manifest()
                    .map(manifest -> new DeliveryReport(
                            delivered.toString(),
                            manifest.export(),
                            new RunReport.PeriodReport(
                                    manifest.period().label(),
                                    manifest.period().from(),
                                    manifest.period().to(),
                                    String.valueOf(manifest.period().timeZone())),
                            manifest.revision(),
                            manifest.deliveredAt(),
                            manifest.files().size(),
                            manifest.totals().sessions(),
                            differences))
                    .orElseGet(() ->
                            new DeliveryReport(delivered.toString(), null, null, null, null, null, null, differences));
        }
    }
}
