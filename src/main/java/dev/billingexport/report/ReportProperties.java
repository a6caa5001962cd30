package dev.billingexport.report;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is written, {@code export.report}.
 *
 * @param formats the formats that are wanted, at least one
 * @param csv how CSV files are written
 */
public record ReportProperties(
        @DefaultValue({"xlsx", "csv"}) @NotEmpty Set<Format> formats,
        @DefaultValue @Valid Csv csv) {

    /**
     * How CSV files are written, {@code export.report.csv}.
     *
     * @param formulaGuard whether a text that a spreadsheet would run as a formula gets a leading {@code '}
     */
    public record Csv(@DefaultValue("true") boolean formulaGuard) {}
}
