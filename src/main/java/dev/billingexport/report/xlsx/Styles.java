package dev.billingexport.report.xlsx;

import dev.billingexport.report.table.Wording;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.HorizontalAlignment;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** The cell styles of a workbook, each created once, when the first cell uses it. */
final class Styles {

    static final XSSFColor INK = color(0x1F, 0x3A, 0x5F);
    private static final XSSFColor LINK = color(0x1F, 0x5F, 0xA8);
    static final XSSFColor BAR = color(0xB7, 0xD3, 0xF0);
    static final XSSFColor ALARM = color(0xB0, 0x2A, 0x2A);
    static final XSSFColor GREY = color(0x59, 0x59, 0x59);
    private static final XSSFColor LINE = color(0xBF, 0xC9, 0xD6);
    private static final XSSFColor WHITE = color(0xFF, 0xFF, 0xFF);

    static final int POINTS = 10;
    /** Height of a row with one line of that font. */
    static final float LINE_POINTS = 12.75f;
    /** Height of a row of headings, which may have two lines. */
    static final float HEADER_POINTS = 32;

    /**
     * Space of three digits to the right of a number, so that it stands below its heading and the heading keeps clear
     * of the filter's button. Part of the number format, because LibreOffice ignores some indents of numbers.
     */
    static final String ROOM = "_0_0_0";

    static final String WHOLE_DIGITS = "#,##0";
    /** Two to four decimals, with the decimal points aligned. */
    static final String FRACTION_DIGITS = "#,##0.00??";

    static final String WHOLE = orNone(WHOLE_DIGITS, ROOM);
    private static final String FRACTION = orNone(FRACTION_DIGITS, ROOM);

    final Style text;
    /** A text of several lines, of which only the first is visible. */
    final Style lines;

    final Style time;
    final Style day;
    final Style integer;
    final Style decimal;
    /** A number that is stored as text, because it has too many digits or is not a number. */
    final Style numberText;

    /** A session's id that links to the session. */
    final Style link;

    final Style totalText;
    final Style totalInteger;
    final Style totalDecimal;

    final Style header;
    final Style numberHeader;
    final Style label;
    /** A sentence of several lines. */
    final Style note;

    final Style title;
    final Style alarm;

    private final Map<Currency, Style> amounts = new HashMap<>();
    private final Map<Currency, Style> totalAmounts = new HashMap<>();

    private final XSSFWorkbook workbook;
    private final Fonts fonts;
    private final BorderStyle rule;
    private final Wording wording;
    private final String timeFormat;
    private final Map<ZoneOffset, Style> timesWithOffset = new HashMap<>();

    /** Creates the styles of data sheets or, with a rule under each row, of key figures. */
    Styles(XSSFWorkbook workbook, BorderStyle rule, Wording wording) {
        this(workbook, new Fonts(workbook, POINTS), rule, wording);
    }

    private Styles(XSSFWorkbook workbook, Fonts fonts, BorderStyle rule, Wording wording) {
        this.workbook = workbook;
        this.fonts = fonts;
        this.rule = rule;
        this.wording = wording;
        text = left("@", style -> {});
        lines = left("@", style -> style.setVerticalAlignment(VerticalAlignment.TOP));
        timeFormat = wording.text("format.time");
        time = left(timeFormat, style -> {});
        day = left(wording.text("format.day"), style -> {});
        integer = right(WHOLE, style -> {});
        decimal = right(FRACTION, style -> {});
        numberText = right("@" + ROOM, style -> style.setShrinkToFit(true));
        link = left("@", style -> style.setFont(font(POINTS, false, LINK)));
        totalText = left("@", this::total);
        totalInteger = right(WHOLE, this::total);
        totalDecimal = right(FRACTION, this::total);
        header = left("@", this::header);
        numberHeader = style("@", HorizontalAlignment.RIGHT, 2, this::header);
        label = left("@", style -> style.setFont(font(POINTS, false, GREY)));
        note = left("@", style -> {
            style.setFont(font(POINTS, false, GREY));
            style.setWrapText(true);
            style.setVerticalAlignment(VerticalAlignment.TOP);
        });
        title = left("@", style -> style.setFont(font(18, true, INK)));
        alarm = left("@", style -> style.setFont(font(POINTS, true, ALARM)));
    }

    /** Returns the style of an amount. The currency is part of the number format. */
    Style amount(Currency currency) {
        return amounts.computeIfAbsent(currency, each -> right(amountFormat(each, ROOM), style -> {}));
    }

    /** Returns the style of a sum of such amounts. */
    Style totalAmount(Currency currency) {
        return totalAmounts.computeIfAbsent(currency, each -> right(amountFormat(each, ROOM), this::total));
    }

    static String amountFormat(Currency currency, String room) {
        int digits = currency.getDefaultFractionDigits();
        String decimals = digits == 0 ? "" : "." + "0".repeat(digits);
        return orNone(WHOLE_DIGITS + decimals + "\" " + currency.getCurrencyCode() + "\"", room);
    }

    /** Returns the style of an ambiguous time when clocks are set back. It shows the UTC offset. */
    Style time(ZoneOffset offset) {
        return timesWithOffset.computeIfAbsent(
                offset, own -> left(timeFormat + "\" " + Wording.offset(own) + "\"", style -> {}));
    }

    /** Returns a number format that shows a missing number as a dash instead of zeros. */
    static String orNone(String digits, String room) {
        return digits + room + ";-" + digits + room + ";\"\u2013\"" + room;
    }

    private Style left(String format, Consumer<XSSFCellStyle> look) {
        return style(format, HorizontalAlignment.LEFT, 1, look);
    }

    private Style right(String format, Consumer<XSSFCellStyle> look) {
        return style(format, HorizontalAlignment.RIGHT, 0, look);
    }

    /** Returns a style on the common basis. */
    Style style(String format, HorizontalAlignment alignment, int indent, Consumer<XSSFCellStyle> look) {
        return new Style(() -> {
            XSSFCellStyle style = workbook.createCellStyle();
            style.setDataFormat(workbook.createDataFormat().getFormat(format));
            style.setAlignment(alignment);
            style.setIndention((short) indent);
            style.setVerticalAlignment(VerticalAlignment.CENTER);
            style.setBorderBottom(rule);
            style.setBottomBorderColor(LINE);
            look.accept(style);
            return style;
        });
    }

    /** Returns the styles of the same workbook with another rule under each row. */
    Styles ruled(BorderStyle other) {
        return new Styles(workbook, fonts, other, wording);
    }

    private void total(XSSFCellStyle style) {
        style.setBorderTop(BorderStyle.THIN);
        style.setTopBorderColor(INK);
        style.setFont(font(POINTS, true, INK));
    }

    private void header(XSSFCellStyle style) {
        style.setFillForegroundColor(INK);
        style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
        style.setWrapText(true);
        style.setFont(font(POINTS, true, WHITE));
    }

    XSSFFont font(int points, boolean bold, XSSFColor color) {
        return fonts.font(points, bold, color);
    }

    static XSSFColor color(int red, int green, int blue) {
        return new XSSFColor(new byte[] {(byte) 0xFF, (byte) red, (byte) green, (byte) blue}, null);
    }
}
