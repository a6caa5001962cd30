package dev.billingexport.report.csv;

import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How CSV files are written, {@code export.report.csv}.
 *
 * @param gzip whether they are compressed, and called {@code .csv.gz}
 * @param formulaGuard whether a text that a spreadsheet would run as a formula gets a leading {@code '}
 * @param separator the one character between two values; {@code tab} and {@code \t} in words are a tab
 * @param decimal the one character before a number's decimals, a point or a comma
 * @param bom whether a file begins with UTF-8's byte order mark
 */
public record CsvProperties(
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
