package dev.billingexport.report;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is written, {@code export.report}.
 *
 * @param formats the formats that are wanted, at least one
 * @param mask the columns whose values are replaced by masks
 * @param splitBy what there is one more workbook for each value of, where workbooks are wanted
 * @param tolerance difference that reconciliation lets pass
 * @param locale language of headings and number formats, in the workbook and in the HTML file
 * @param csv how CSV files are written
 */
public record ReportProperties(
        @DefaultValue({"xlsx", "csv", "html"}) @NotEmpty Set<Format> formats,
        @DefaultValue @NotNull Set<PersonalColumn> mask,
        @DefaultValue("none") @NotNull SplitBy splitBy,
        @DefaultValue("1m") @NotNull Duration tolerance,
        @DefaultValue("en") @NotNull Language locale,
        @DefaultValue @Valid Csv csv) {

    /** Refuses a tolerance below nothing, under which everything would be a finding. */
    public ReportProperties {
        if (tolerance.isNegative()) {
            throw new IllegalArgumentException("The tolerance must not be negative.");
        }
    }

    /**
     * How CSV files are written, {@code export.report.csv}.
     *
     * @param gzip whether they are compressed, and called {@code .csv.gz}
     * @param formulaGuard whether a text that a spreadsheet would run as a formula gets a leading {@code '}
     */
    public record Csv(
            @DefaultValue("false") boolean gzip,
            @DefaultValue("true") boolean formulaGuard) {}
}
