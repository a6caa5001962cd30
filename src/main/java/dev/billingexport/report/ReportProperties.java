package dev.billingexport.report;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
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
        @DefaultValue Csv csv) {

    /**
     * Checks every value; under a tolerance below nothing everything would be a finding.
     *
     * @throws IllegalArgumentException with one line that names the property and what it takes
     */
    public ReportProperties {
        Setting.require(
                !formats.isEmpty(), "report.formats", "names no format: use xlsx, csv, html or several of them.");
        Setting.require(!tolerance.isNegative(), "report.tolerance", "must not be negative.");
    }

    /**
     * How CSV files are written, {@code export.report.csv}.
     *
     * @param gzip whether they are compressed, and called {@code .csv.gz}
     * @param formulaGuard whether a text that a spreadsheet would run as a formula gets a leading {@code '}
     * @param separator the one character between two values; {@code tab} and {@code \t} in words are a tab
     * @param decimal the one character before a number's decimals, a point or a comma
     * @param bom whether a file begins with UTF-8's byte order mark
     */
    public record Csv(
            @DefaultValue("false") boolean gzip,
            @DefaultValue("true") boolean formulaGuard,
            @DefaultValue(",") String separator,
            @DefaultValue(".") String decimal,
            @DefaultValue("false") boolean bom) {

        /** What no name of a column, number, time, quoted text or formula begins with or consists of. */
        private static final Pattern SEPARATOR = Pattern.compile("[^\\p{L}\\p{N}\\p{C}\\p{Z}\"'+.=@_-]|\t");

        /**
         * Checks both characters: a file in which one of them means two things can't be read back.
         *
         * @throws IllegalArgumentException with one line that names the property and what it takes
         */
        public Csv {
            separator = separator.equals("tab") || separator.equals("\\t") ? "\t" : separator;
            Setting.require(
                    SEPARATOR.matcher(separator).matches(),
                    "report.csv.separator",
                    "must be one character that is no letter, digit, quote, sign or point: ',', ';', '|', tab or the like.");
            Setting.require(
                    decimal.equals(".") || decimal.equals(","), "report.csv.decimal", "must be a point or a comma.");
            Setting.require(
                    !decimal.equals(separator),
                    "report.csv.decimal",
                    "must not be the separator: with a decimal comma set export.report.csv.separator, such as to ';'.");
        }
    }
}
