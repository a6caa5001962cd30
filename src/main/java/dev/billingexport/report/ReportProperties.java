package dev.billingexport.report;

import dev.billingexport.report.csv.CsvProperties;
import dev.billingexport.report.table.Language;
import dev.billingexport.report.table.PersonalColumn;
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
        @DefaultValue({"xlsx", "csv", "html"}) Set<Format> formats,
        @DefaultValue Set<PersonalColumn> mask,
        @DefaultValue("none") SplitBy splitBy,
        @DefaultValue("1m") Duration tolerance,
        @DefaultValue("en") Language locale,
        @DefaultValue CsvProperties csv) {

    /**
     * Checks every value; under a tolerance below nothing everything would be a finding.
     *
     * @throws IllegalArgumentException with one line that names the property and what it takes
     */
    public ReportProperties {
        if (formats.isEmpty()) {
            throw new IllegalArgumentException(
                    "export.report.formats names no format: use xlsx, csv, html or several of them.");
        }
        if (tolerance.isNegative()) {
            throw new IllegalArgumentException("export.report.tolerance must not be negative.");
        }
    }
}
