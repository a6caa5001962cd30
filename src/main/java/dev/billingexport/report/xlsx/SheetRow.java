package dev.billingexport.report.xlsx;

import dev.billingexport.report.rating.Charge;
import dev.billingexport.report.table.Cells;
import dev.billingexport.report.table.Sums;
import dev.billingexport.report.table.TimeText;
import dev.billingexport.report.table.Wording;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.CellReference;
import org.jspecify.annotations.Nullable;

/** The cells of one row of a sheet, with types. A value that its type can't hold exactly is written as text. */
final class SheetRow implements Cells {

    /** Digits that a spreadsheet's binary numbers keep. */
    static final MathContext PRECISION = new MathContext(15);
    /** Largest power of ten, positive or negative, well within the range of those numbers. */
    private static final int MAGNITUDE = 300;

    private final Row row;
    private final Styles styles;
    private final ZoneId zone;
    private final SessionLinks links;
    private final Wording wording;
    private int column;

    SheetRow(Row row, Styles styles, ZoneId zone, SessionLinks links, Wording wording) {
        this.row = row;
        this.styles = styles;
        this.zone = zone;
        this.links = links;
        this.wording = wording;
    }

    @Override
    public void text(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            column++;
            return;
        }
        if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
            // Fixed height, because a name of forty lines would otherwise fill a screen.
            row.setHeightInPoints(Styles.LINE_POINTS);
            text(value, styles.lines);
        } else {
            text(value, styles.text);
        }
    }

    @Override
    public void word(String kind, @Nullable String code) {
        text(code == null ? null : wording.word(kind, code));
    }

    @Override
    public void words(String kind, List<String> codes) {
        text(codes.stream().map(code -> wording.word(kind, code)).collect(Collectors.joining(", ")));
    }

    @Override
    public void session(String id, long number) {
        if (number == 0 || !links.canShow(id)) {
            text(id);
            return;
        }
        Cell cell = next(styles.link);
        cell.setCellValue(id);
        cell.setCellFormula(links.formula(id, number));
    }

    @Override
    public void time(@Nullable Instant value) {
        if (value == null) {
            column++;
            return;
        }
        LocalDateTime local = LocalDateTime.ofInstant(value, zone);
        if (isDate(local.getYear())) {
            boolean twice = zone.getRules().getValidOffsets(local).size() > 1;
            Style style = twice ? styles.time(zone.getRules().getOffset(value)) : styles.time;
            next(style).setCellValue(local);
        } else {
            text(TimeText.of(value, zone), styles.text);
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

    @Override
    public void amount(@Nullable BigDecimal value, Currency currency) {
        if (value == null) {
            column++;
        } else {
            number(value, styles.amount(currency), styles.numberText);
        }
    }

    @Override
    public void amount(Charge charge) {
        String quantity = new CellReference(row.getRowNum(), column - 2).formatAsString();
        String price = new CellReference(row.getRowNum(), column - 1).formatAsString();
        amount(charge.amount(), charge.currency());
        if (isExact(charge.amount())) {
            new ChargeFormula(quantity, price).of(charge).ifPresent(row.getCell(column - 1)::setCellFormula);
        }
    }

    /** Writes a text with a style of its own. */
    void text(String value, Style style) {
        next(style).setCellValue(CellText.of(value));
    }

    /** Moves to a column, from 0. */
    SheetRow skipTo(int place) {
        column = place;
        return this;
    }

    /** Returns whether a cell keeps all digits of a number. */
    static boolean isExact(BigDecimal value) {
        return Math.abs(value.precision() - value.scale()) <= MAGNITUDE
                && (value.precision() <= PRECISION.getPrecision()
                        || value.stripTrailingZeros().precision() <= PRECISION.getPrecision());
    }

    /** Writes a sum with the formula that computes it. */
    void sum(BigDecimal value, boolean whole, String formula) {
        sum(value, formula, whole ? styles.totalInteger : styles.totalDecimal);
    }

    /** Writes a sum of money with the formula that computes it. */
    void sum(BigDecimal value, Currency currency, String formula) {
        sum(value, formula, styles.totalAmount(currency));
    }

    private void sum(BigDecimal value, String formula, Style style) {
        Cell cell = next(style);
        cell.setCellValue(value.doubleValue());
        cell.setCellFormula(formula);
    }

    /** Writes a number with a style of its own, and with another style if it is written as text. */
    void number(BigDecimal value, Style style, Style textStyle) {
        if (isExact(value)) {
            next(style).setCellValue(value.doubleValue());
        } else {
            text(value.toPlainString(), textStyle);
        }
    }

    /** Writes a formula with its value. The order of the calls matters for cells that aren't streamed. */
    void formula(String formula, BigDecimal value, Style style) {
        Cell cell = next(style);
        cell.setCellFormula(formula);
        cell.setCellValue(value.doubleValue());
    }

    void formula(String formula, String value, Style style) {
        Cell cell = next(style);
        cell.setCellFormula(formula);
        cell.setCellValue(value);
    }

    /** Leaves a cell empty. */
    void skip() {
        column++;
    }

    private void number(@Nullable BigDecimal value, Style style) {
        if (value == null) {
            column++;
            return;
        }
        if (isExact(value)) {
            next(Sums.isWhole(value) ? style : styles.decimal).setCellValue(value.doubleValue());
        } else {
            text(value.toPlainString(), styles.numberText);
        }
    }

    private Cell next(Style style) {
        Cell cell = row.createCell(column++);
        cell.setCellStyle(style.get());
        return cell;
    }

    /** The years that spreadsheets support as dates. */
    private static boolean isDate(int year) {
        return year >= 1900 && year <= 9999;
    }
}
