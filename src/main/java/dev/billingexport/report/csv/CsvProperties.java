package dev.billingexport.report.csv;

import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of CSV files: {@code export.report.csv}.
 *
 * @param gzip whether files are compressed, with the suffix {@code .csv.gz}
 * @param formulaGuard whether a text that a spreadsheet would execute as a formula gets a leading {@code '}
 * @param separator one character between two values; {@code tab} and {@code \t} stand for a tab
 * @param decimal decimal separator of numbers, a point or a comma
 * @param bom whether a file begins with UTF-8's byte order mark
 */
public record CsvProperties(
        @DefaultValue("false") boolean gzip,
        @DefaultValue("true") boolean formulaGuard,
        @DefaultValue(",") String separator,
        @DefaultValue(".") String decimal,
        @DefaultValue("false") boolean bom) {

    /** A separator must not occur in, or begin, the name of a column, a number, a time, a quoted text or a formula. */
    private static final Pattern SEPARATOR = Pattern.compile("[^\\p{L}\\p{N}\\p{C}\\p{Z}\"'+.=@_-]|\t");

    /**
     * Checks both characters: if one of them had two meanings, the file could not be read back.
     *
     * @throws IllegalArgumentException if one is invalid; the message is one line that names the property and what it
     *     takes
     */
    public CsvProperties {
        separator = separator.equals("tab") || separator.equals("\\t") ? "\t" : separator;
        require(
                SEPARATOR.matcher(separator).matches(),
                "separator",
                "must be one character that is no letter, digit, quote, sign or point: ',', ';', '|', tab or the like.");
        require(decimal.equals(".") || decimal.equals(","), "decimal", "must be a point or a comma.");
        require(
                !decimal.equals(separator),
                "decimal",
                "must not be the separator: with a decimal comma set export.report.csv.separator, such as to ';'.");
    }

    private static void require(boolean valid, String property, String complaint) {
        if (!valid) {
            throw new IllegalArgumentException("export.report.csv." + property + " " + complaint);
        }
    }
}
