package dev.billingexport.delivered;

import dev.billingexport.text.CsvText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/**
 * Normalizes a value for the comparison of revisions. The formula guard, the time zone of a file and trailing zeros of
 * a number make no difference.
 */
final class NormalizedValue {

    private NormalizedValue() {}

    /** @param value as in a CSV file; empty for none */
    static String of(String column, String value) {
        if (CsvValue.isNumber(column)) {
            return CsvText.isNumber(value)
                    ? new BigDecimal(value).stripTrailingZeros().toString()
                    : value;
        }
        if (CsvValue.isTime(column) && !value.isEmpty()) {
            try {
                return OffsetDateTime.parse(value).toInstant().toString();
            } catch (DateTimeException foreign) {
                return value;
            }
        }
        return CsvText.unguarded(value);
    }
}
