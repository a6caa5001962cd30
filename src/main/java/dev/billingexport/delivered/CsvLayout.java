package dev.billingexport.delivered;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the CSV files of a delivery were written, as its manifest states.
 *
 * @param separator between two values
 * @param decimal decimal separator of numbers
 * @param bom whether files begin with a byte order mark
 */
public record CsvLayout(char separator, char decimal, boolean bom) {

    /** The layout of every delivery of version 1, and the default of later ones. */
    public static final CsvLayout PLAIN = new CsvLayout(',', '.', false);

    /**
     * Returns the layout that a delivery's settings name.
     *
     * @param settings by the names of their properties; null where the manifest has none
     */
    public static CsvLayout of(@Nullable Map<String, String> settings) {
        Map<String, String> known = settings == null ? Map.of() : settings;
        return new CsvLayout(
                first(known.get("export.report.csv.separator"), PLAIN.separator),
                first(known.get("export.report.csv.decimal"), PLAIN.decimal),
                Boolean.parseBoolean(known.get("export.report.csv.bom")));
    }

    private static char first(@Nullable String text, char otherwise) {
        return text == null || text.isEmpty() ? otherwise : text.charAt(0);
    }
}
