package dev.billingexport.job;

import dev.billingexport.api.SourceProperties;
import dev.billingexport.delivery.DeliveryProperties;
import dev.billingexport.report.ReportProperties;
import dev.billingexport.report.SplitBy;
import dev.billingexport.report.rating.RatingProperties;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The definition of an export, as in a job file. Unknown properties are refused, because a misspelt one would silently
 * bill something else.
 *
 * @param name names the export and its folder
 * @param timeZone zone of the period's days and of the times in the files
 * @param dataDir embedded database and work files
 */
@ConfigurationProperties(prefix = "export", ignoreUnknownFields = false)
public record ExportProperties(
        @DefaultValue("billing") String name,
        @DefaultValue("UTC") ZoneId timeZone,
        @DefaultValue("data") Path dataDir,
        @DefaultValue SourceProperties source,
        @DefaultValue ReportProperties report,
        @DefaultValue RatingProperties rating,
        @DefaultValue DeliveryProperties delivery,
        @DefaultValue WorkersProperties workers) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,59}");

    /**
     * Checks the name, and that the prices apply to the collected applications.
     *
     * @throws IllegalArgumentException if a value is invalid; the message is one line that names the property and what
     *     it takes
     */
    public ExportProperties {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "export.name = " + name + ": must be up to 60 letters, digits, - or _, because it names a folder.");
        }
        if (report.splitBy() == SplitBy.CUSTOMER && rating.priceList() == null) {
            throw new IllegalArgumentException("export.report.split-by = customer: this needs"
                    + " export.rating.price-list and export.rating.customers.");
        }
        if (!rating.isWorthwhile(source.appTypes())) {
            throw new IllegalArgumentException("export.rating.prices: there is a currency, but none of the applications"
                    + " in export.source.app-types has a price above zero: every charge would be zero. Set prices, or"
                    + " remove export.rating.currency.");
        }
    }
}
