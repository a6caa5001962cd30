package dev.billingexport.report;

import dev.billingexport.report.csv.CsvProperties;
import dev.billingexport.report.table.Language;
import dev.billingexport.report.table.PersonalColumn;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the files: {@code export.report}.
 *
 * @param formats the formats to write, at least one
 * @param mask the columns whose values are masked
 * @param splitBy the field for whose values additional workbooks are written, where workbooks are written
 * @param tolerance largest difference that is not a finding
 * @param locale language of headings and number formats, in workbook and HTML file
 * @param csv settings of CSV files
 */
public record ReportProperties(
        @DefaultValue({"xlsx", "csv", "html"}) Set<Format> formats,
        @DefaultValue Set<PersonalColumn> mask,
        @DefaultValue("none") SplitBy splitBy,
        @DefaultValue("1m") Duration tolerance,
        @DefaultValue("en") Language locale,
        @DefaultValue CsvProperties csv) {

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException if one is invalid; the message is one line that names the property and what it
     *     takes
     */
    public ReportProperties {
        if (formats.isEmpty()) {
            throw new IllegalArgumentException(
                    "export.report.formats names no format: use one or several of " + Format.codes() + ".");
        }
        if (tolerance.isNegative()) {
            throw new IllegalArgumentException("export.report.tolerance must not be negative.");
        }
    }
}
