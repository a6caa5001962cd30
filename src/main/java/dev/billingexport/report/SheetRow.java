package dev.billingexport.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.jspecify.annotations.Nullable;

/** The cells of one row of a sheet, each of its own type. What a type can't hold without a loss is written as text. */
final class SheetRow implements Cells {

    /** Digits that survive a spreadsheet's binary numbers. */
    private static final int DIGITS = 15;
    /** Powers of ten, either way, that are well within the range of those numbers. */
    private static final int MAGNITUDE = 300;

    private final Row row;
    private final Styles styles;
    private final ZoneId zone;
    private int column;

    SheetRow(Row row, Styles styles, ZoneId zone) {
        this.row = row;
        this.styles = styles;
        this.zone = zone;
    }

    @Override
    public void text(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            column++;
            return;
        }
        if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
            // A fixed height, for a name of forty lines must not fill a screen.
            row.setHeightInPoints(Styles.LINE_POINTS);
            text(value, styles.lines);
        } else {
            text(value, styles.text);
        }
    }

    @Override
    public void time(@Nullable Instant value) {
        if (value == null) {
            column++;
            return;
        }
        LocalDateTime local = LocalDateTime.ofInstant(value, zone);
        if (isDate(local.getYear())) {
            next(styles.time).setCellValue(local);
        } else {
            text(CsvRow.times(zone).format(value), styles.text);
        }
    }

    @Override
    public void day(@Nullable LocalDate value) {
        if (value == null) {
            column++;
        } else if (isDate(value.getYear())) {
            next(styles.day).setCellValue(value);
        } else {
            text(value.toString(), styles.text);
        }
    }

    @Override
    public void integer(@Nullable BigDecimal value) {
        number(value, styles.integer);
    }

    @Override
    public void decimal(@Nullable BigDecimal value) {
        number(value, styles.decimal);
    }

    /** A text in a style of its own. */
    void text(String value, CellStyle style) {
        next(style).setCellValue(CellText.of(value));
    }

    private void number(@Nullable BigDecimal value, CellStyle style) {
        if (value == null) {
            column++;
            return;
        }
        BigDecimal digits = value.stripTrailingZeros();
        int magnitude = digits.precision() - digits.scale();
        if (digits.precision() > DIGITS || Math.abs(magnitude) > MAGNITUDE) {
            text(value.toPlainString(), styles.numberText);
        } else {
            next(digits.scale() > 0 ? styles.decimal : style).setCellValue(value.doubleValue());
        }
    }

    private Cell next(CellStyle style) {
        Cell cell = row.createCell(column++);
        cell.setCellStyle(style);
        return cell;
    }

    /** The years that a spreadsheet has dates for. */
    private static boolean isDate(int year) {
        return year >= 1900 && year <= 9999;
    }
}
