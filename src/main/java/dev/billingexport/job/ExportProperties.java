package dev.billingexport.job;

import dev.billingexport.api.SourceProperties;
import dev.billingexport.delivery.DeliveryProperties;
import dev.billingexport.report.RatingProperties;
import dev.billingexport.report.ReportProperties;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The definition of an export, as a job file gives it. A property that is not known here is refused: a misspelt one would
 * silently bill something else.
 *
 * @param name names the export and its folder
 * @param timeZone zone of the period's days and of the times in the files
 * @param dataDir embedded database and work files
 */
@Validated
@ConfigurationProperties(prefix = "export", ignoreUnknownFields = false)
public record ExportProperties(
        @DefaultValue("billing")
        @Pattern(
                regexp = "[A-Za-z0-9][A-Za-z0-9_-]{0,59}",
                message = "must be up to 60 letters, digits, - or _, for it names a folder")
        String name,

        @DefaultValue("UTC") ZoneId timeZone,
        @DefaultValue("data") Path dataDir,
        @Valid @DefaultValue SourceProperties source,
        @Valid @DefaultValue ReportProperties report,
        @Valid @DefaultValue RatingProperties rating,
        @Valid @DefaultValue DeliveryProperties delivery) {}
