package dev.billingexport.delivered;

import dev.billingexport.text.CsvText;
import java.math.BigDecimal;
import java.util.Set;

/**
 * The meaning of a value in a delivered CSV file. Columns are identified by their names, which the documentation
 * promises.
 */
final class CsvValue {

    private static final Set<String> TIMES =
            Set.of("trans_date", "connect_dt", "disconnect_dt", "start_time", "end_time", "day");
    private static final Set<String> NUMBERS = Set.of(
            "duration",
            "play_time",
            "stage",
            "file_size",
            "sessions",
            "session_minutes",
            "call_details",
            "call_detail_minutes",
            "recordings",
            "recorded_seconds",
            "recorded_bytes",
            "amount");

    /** Columns of numbers that aren't billed, in which the API's text is kept. */
    private static final Set<String> MAY_BE_WORDS = Set.of("stage", "file_size");

    private static final int MAX_SHOWN = 80;

    private CsvValue() {}

    /** Returns whether a column holds numbers that are added up or compared. */
    static boolean isNumber(String column) {
        return NUMBERS.contains(column);
    }

    /** Returns whether a column holds points in time. */
    static boolean isTime(String column) {
        return TIMES.contains(column);
    }

    /**
     * Returns the number in a cell; zero where it is empty or holds a permitted text.
     *
     * @throws UnreadableException if it isn't a number as an export writes it
     */
    static BigDecimal number(String file, String column, String text, long row) {
        if (text.isEmpty()) {
            return BigDecimal.ZERO;
        }
        if (!CsvText.isNumber(text)) {
            if (MAY_BE_WORDS.contains(column)) {
                return BigDecimal.ZERO;
            }
            String shown = text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
            throw new UnreadableException(file, column + " in row " + row + " is not a number: '" + shown + "'");
        }
        return new BigDecimal(text);
    }
}
