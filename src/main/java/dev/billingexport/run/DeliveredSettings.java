package dev.billingexport.run;

import dev.billingexport.delivery.DeliveredRevision;
import dev.billingexport.delivery.DeliveryException;
import dev.billingexport.delivery.DeliveryProperties;
import dev.billingexport.delivery.Location;
import dev.billingexport.delivery.Manifest;
import dev.billingexport.job.ExportProperties;
import dev.billingexport.job.Settings;
import dev.billingexport.ledger.Run;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Compares the settings of a delivered run, from its manifest, with the present settings. */
@Component
public class DeliveredSettings {

    private final ExportProperties properties;

    DeliveredSettings(ExportProperties properties) {
        this.properties = properties;
    }

    /**
     * Returns the differences, a line for each setting with its name, its delivered and its present value.
     *
     * @param run a delivered run
     */
    public List<String> differences(Run run) {
        List<String> differences = new ArrayList<>();
        URI delivered = Objects.requireNonNull(run.location(), "a delivered run has a location");
        URI now = properties
                .delivery()
                .location()
                .below(
                        run.key().export(),
                        run.key().period().label(),
                        "r" + run.key().revision())
                .uri();
        if (!plain(now).equals(plain(delivered))) {
            differences.add(
                    "export.delivery.location: it was delivered to " + delivered + ", now it would be to " + now);
        }
        manifest(delivered)
                .ifPresent(manifest ->
                        differences.addAll(Settings.differences(manifest.settings(), Settings.of(properties))));
        return differences;
    }

    /** Returns the manifest; empty where it was removed or can't be read. */
    private Optional<Manifest> manifest(URI delivered) {
        DeliveryProperties place = properties.delivery().at(Location.of(delivered.toString()));
        try (DeliveredRevision revision = DeliveredRevision.find(place).orElse(null)) {
            return revision == null ? Optional.empty() : revision.manifest();
        } catch (DeliveryException e) {
            return Optional.empty();
        }
    }

    private static String plain(URI folder) {
        return folder.toString().replaceFirst("/+$", "");
    }
}
