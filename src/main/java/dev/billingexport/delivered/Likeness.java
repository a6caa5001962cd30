package dev.billingexport.delivered;

import dev.billingexport.text.CsvText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/**
 * Brings a value to a form in which it is equal to that of another revision unless it was changed: neither the formula
 * guard nor the time zone that files were written with makes a difference, nor zeros at the end of a number.
 */
final class Likeness {

    private Likeness() {}

    /** @param value as a CSV file has it; empty for none */
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
