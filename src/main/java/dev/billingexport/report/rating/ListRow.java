package dev.billingexport.report.rating;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One row of a list. A value of the wrong kind is reported as a fault and returned as null. */
record ListRow(int line, List<String> header, List<String> cells, ListFaults faults) {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,15})?");
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");

    /** Returns the text of a cell; empty where the cell is empty or the list has no such column. */
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

    /** Returns a number that is not negative; null where there is none. */
    @Nullable
    BigDecimal number(String column) {
        String text = text(column);
        if (text.isEmpty()) {
            return null;
        }
        if (!NUMBER.matcher(text).matches()) {
            faults.add(line, column + " = " + text + ": must be a number such as 0.004, and not negative.");
            return null;
        }
        return new BigDecimal(text);
    }

    /** Returns the number without trailing zeros, so that equal numbers are equal. */
    @Nullable
    BigDecimal plainNumber(String column) {
        BigDecimal number = number(column);
        return number == null
                ? null
                : new BigDecimal(number.stripTrailingZeros().toPlainString());
    }

    /** Returns whole seconds, at least one. */
    int seconds(String column, int otherwise) {
        String text = text(column);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!COUNT.matcher(text).matches() || Integer.parseInt(text) == 0) {
            faults.add(line, column + " = " + text + ": must be a whole number of seconds, at least 1.");
            return otherwise;
        }
        return Integer.parseInt(text);
    }

    /** Returns a day; {@link LocalDate#MIN} where there is none. */
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
