package dev.billingexport.report;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Brings a value to a form in which it is equal to that of another revision unless it was changed: neither the formula
 * guard nor the time zone that files were written with makes a difference, nor zeros at the end of a number.
 *
 * @param sheetZone where one of the two is read from a workbook: then what a cell can't hold makes no difference either
 */
record Likeness(@Nullable ZoneId sheetZone) {

    /** @param value as a CSV file has it; empty for none */
    String of(String column, String value) {
        if (value.isEmpty()) {
            return value;
        }
        try {
            if (DeliveredCell.isNumber(column)) {
                return new BigDecimal(value).stripTrailingZeros().toString();
            }
            if (DeliveredCell.isTime(column)) {
                Instant instant = OffsetDateTime.parse(value).toInstant();
                // A clock that is put back shows an hour twice.
                return sheetZone == null
                        ? instant.toString()
                        : instant.atZone(sheetZone).toLocalDateTime().toString();
            }
        } catch (NumberFormatException | DateTimeException foreign) {
            return value;
        }
        String text = DeliveredCell.unguarded(value);
        return sheetZone == null ? text : CellText.of(text);
    }
}
