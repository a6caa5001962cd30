package dev.billingexport.report;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.apache.poi.ss.usermodel.DateUtil;
import org.jspecify.annotations.Nullable;

/**
 * A value as a CSV file has it and as a cell of a workbook has it, brought to one form in which both are equal or are not.
 * What a column holds is told by its name, as the README promises, and by nothing that the files themselves say.
 */
final class DeliveredCell {

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
            "attempts",
            "stated_minutes",
            "connected_minutes",
            "span_minutes",
            "quantity",
            "unit_price",
            "amount",
            "session_minutes_before",
            "session_minutes_after",
            "call_detail_minutes_before",
            "call_detail_minutes_after");

    private static final int DIGITS = 12;

    private DeliveredCell() {}

    static boolean isNumber(String column) {
        return NUMBERS.contains(column);
    }

    static boolean isTime(String column) {
        return TIMES.contains(column);
    }

    /**
     * What a CSV file would have for a workbook's cell; empty for none.
     *
     * @param zone in which the workbook's times are read
     */
    static String csvOf(String column, SheetReader.@Nullable Cell cell, ZoneId zone) {
        if (cell == null || cell.value().isEmpty()) {
            return "";
        }
        if (cell.type() != SheetReader.Type.NUMBER) {
            return CellText.typed(cell.value());
        }
        double number = Double.parseDouble(cell.value());
        LocalDateTime time = isTime(column) ? DateUtil.getLocalDateTime(number) : null;
        return time == null
                ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                : TimeText.of(rounded(time).atZone(zone).toInstant(), zone);
    }

    /** The form of a CSV value; empty for none. */
    static String ofCsv(String column, String value) {
        if (value.isEmpty()) {
            return "";
        }
        if (isNumber(column)) {
            return number(value);
        }
        return TIMES.contains(column) ? time(value) : CellText.of(unguarded(value));
    }

    /** The number that either form of a cell has; zero for none. */
    static BigDecimal figure(String form) {
        try {
            return form.isEmpty() ? BigDecimal.ZERO : new BigDecimal(form);
        } catch (NumberFormatException e) {
            throw new DeliveredCsv.UnreadableException("'" + form + "' is no number");
        }
    }

    /** The form of a workbook's cell; empty for none or an empty one. What the column can't hold equals no CSV value. */
    static String ofSheet(String column, SheetReader.@Nullable Cell cell) {
        if (cell == null || cell.value().isEmpty()) {
            return "";
        }
        if (!cell.isShown()) {
            return "formula " + cell.formula() + " of " + cell.value();
        }
        Looks.Kind look =
                isNumber(column) ? Looks.Kind.NUMBER : TIMES.contains(column) ? Looks.Kind.TIME : Looks.Kind.TEXT;
        return switch (cell.type()) {
            case NUMBER ->
                look == Looks.Kind.TEXT
                        ? "number " + cell.value()
                        : look == cell.look()
                                ? serial(column, cell.value())
                                : cell.value() + " shown as a " + cell.look();
            case TEXT ->
                isNumber(column)
                        ? number(cell.value())
                        : TIMES.contains(column) ? time(cell.value()) : unguarded(cell.value());
            case OTHER -> "other " + cell.value();
        };
    }

    private static String serial(String column, String value) {
        double number = Double.parseDouble(value);
        if (isNumber(column)) {
            return Double.toString(number);
        }
        LocalDateTime time = DateUtil.getLocalDateTime(number);
        return time == null ? "number " + value : String.valueOf(rounded(time));
    }

    private static String number(String value) {
        try {
            return Double.toString(new BigDecimal(value).doubleValue());
        } catch (NumberFormatException e) {
            return "no number " + value;
        }
    }

    /** A time of day as it is read in the export's zone, for a workbook knows no zones. */
    private static String time(String value) {
        try {
            return String.valueOf(
                    value.indexOf('T') < 0
                            ? LocalDate.parse(value).atStartOfDay()
                            : rounded(OffsetDateTime.parse(value).toLocalDateTime()));
        } catch (DateTimeException e) {
            return "no time " + value;
        }
    }

    /** Whether two are the same to the digits that sums of a spreadsheet's numbers keep. */
    static boolean isAbout(BigDecimal one, BigDecimal other) {
        return one.subtract(other).abs().compareTo(one.abs().max(BigDecimal.ONE).movePointLeft(DIGITS)) <= 0;
    }

    /** A binary serial number misses the millisecond by a little. */
    private static LocalDateTime rounded(LocalDateTime time) {
        return time.plusNanos(500_000).truncatedTo(ChronoUnit.MILLIS);
    }

    /** A text without the formula guard's mark. */
    static String unguarded(String value) {
        return CsvText.unguarded(value);
    }
}
