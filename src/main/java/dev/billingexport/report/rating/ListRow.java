package dev.billingexport.report.rating;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One row of a list. What is not of the kind that is asked for is a fault, and null. */
record ListRow(int line, List<String> header, List<String> cells, ListFaults faults) {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,15})?");
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");

    /** Empty where the cell is, or the list has no such column. */
    String text(String column) {
        int place = header.indexOf(column);
        return place < 0 ? "" : cells.get(place);
    }

    boolean isEmpty(String column) {
        return text(column).isEmpty();
    }

    @Nullable
    String required(String column) {
        if (isEmpty(column)) {
            faults.add(line, column + " is empty.");
            return null;
        }
        return text(column);
    }

    /** A number that is not below zero; null where there is none. */
    @Nullable
    BigDecimal number(String column) {
        String text = text(column);
        if (text.isEmpty()) {
            return null;
        }
        if (!NUMBER.matcher(text).matches()) {
            faults.add(line, column + " = " + text + ": must be a number such as 0.004, and not below zero.");
            return null;
        }
        return new BigDecimal(text);
    }

    /** The same without noughts at its end, so that equal numbers are equal. */
    @Nullable
    BigDecimal plainNumber(String column) {
        BigDecimal number = number(column);
        return number == null
                ? null
                : new BigDecimal(number.stripTrailingZeros().toPlainString());
    }

    /** Whole seconds, at least one. */
    int seconds(String column, int otherwise) {
        String text = text(column);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!COUNT.matcher(text).matches() || Integer.parseInt(text) == 0) {
            faults.add(line, column + " = " + text + ": must be whole seconds, one at least.");
            return otherwise;
        }
        return Integer.parseInt(text);
    }

    /** {@link LocalDate#MIN} where there is none. */
    LocalDate from(String column) {
        String text = text(column);
        if (text.isEmpty()) {
            return LocalDate.MIN;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            faults.add(line, column + " = " + text + ": must be a day such as 2026-10-01.");
            return LocalDate.MIN;
        }
    }
}
