package dev.billingexport.report.xlsx;

import dev.billingexport.report.table.Wording;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.HorizontalAlignment;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** The cell styles that only the Summary sheet has. */
final class SummaryStyles {

    private static final XSSFColor MIST = Styles.color(0xEE, 0xF3, 0xF9);
    private static final XSSFColor AMBER = Styles.color(0xFF, 0xF1, 0xCC);
    private static final XSSFColor ROSE = Styles.color(0xFB, 0xD9, 0xD9);

    private static final String TILE_WHOLE = Styles.orNone(Styles.WHOLE_DIGITS, "");
    private static final String TILE_DECIMAL = Styles.orNone("#,##0.00", "");
    /** One digit more space, because its digits are smaller than those of the figure above. */
    private static final String CHECK_ROOM = Styles.ROOM + "_0";

    private static final String CHECK_WHOLE = Styles.orNone(Styles.WHOLE_DIGITS, CHECK_ROOM);
    private static final String CHECK = Styles.orNone(Styles.FRACTION_DIGITS, CHECK_ROOM);

    /** Cells without a rule. */
    final Styles plain;
    /** Cells with a rule below. */
    final Styles ruled;

    private final Map<Currency, Style> checkAmounts = new HashMap<>();
    private final Map<Currency, Style> tileAmounts = new HashMap<>();
    private final Consumer<XSSFCellStyle> tile;

    final Style tileLabel;
    final Style tileWhole;
    final Style tileDecimal;
    final Style tileText;
    final Style section;
    final Style chartHeading;
    /** The value of the confirming formula, below its figure. */
    final Style check;

    final Style checkWhole;

    final Style checkLabel;
    final Style checkHeader;
    final Style agrees;
    final Style warning;
    final Style warningCount;
    final Style danger;
    final Style dangerCount;

    SummaryStyles(XSSFWorkbook workbook, Wording wording) {
        plain = new Styles(workbook, BorderStyle.NONE, wording);
        ruled = plain.ruled(BorderStyle.THIN);
        tileLabel = left("@", filled(MIST, 10, false, Styles.GREY));
        tile = filled(MIST, 18, true, Styles.INK).andThen(style -> style.setShrinkToFit(true));
        // Large figures are left-aligned and need no space on the right.
        tileWhole = left(TILE_WHOLE, tile);
        tileDecimal = left(TILE_DECIMAL, tile);
        tileText = left("@", tile);
        Consumer<XSSFCellStyle> heading = style -> style.setFont(plain.font(11, true, Styles.INK));
        section = left("@", heading);
        chartHeading = left("@", heading.andThen(style -> style.setShrinkToFit(true)));
        check = small(CHECK);
        checkWhole = small(CHECK_WHOLE);
        checkLabel = ruled.style(
                "@", HorizontalAlignment.LEFT, 2, style -> style.setFont(plain.font(8, false, Styles.GREY)));
        checkHeader = plain.style(
                "@", HorizontalAlignment.LEFT, 0, style -> style.setFont(plain.font(8, false, Styles.GREY)));
        agrees = ruled.style(
                "@", HorizontalAlignment.CENTER, 0, style -> style.setFont(plain.font(10, true, Styles.GREY)));
        warning = left("@", filled(AMBER, Styles.POINTS, true, Styles.INK));
        warningCount = right(filled(AMBER, Styles.POINTS, true, Styles.INK));
        danger = left("@", filled(ROSE, Styles.POINTS, true, Styles.ALARM));
        dangerCount = right(filled(ROSE, Styles.POINTS, true, Styles.ALARM));
    }

    /** Returns the style of a formula that confirms an amount. */
    Style checkAmount(Currency currency) {
        return checkAmounts.computeIfAbsent(currency, each -> small(Styles.amountFormat(each, CHECK_ROOM)));
    }

    /** Returns the style of a large amount. */
    Style tileAmount(Currency currency) {
        return tileAmounts.computeIfAbsent(currency, each -> left(Styles.amountFormat(each, ""), tile));
    }

    private Style left(String format, Consumer<XSSFCellStyle> look) {
        return plain.style(format, HorizontalAlignment.LEFT, 1, look);
    }

    private Style small(String format) {
        return ruled.style(
                format, HorizontalAlignment.RIGHT, 0, style -> style.setFont(plain.font(8, false, Styles.GREY)));
    }

    private Style right(Consumer<XSSFCellStyle> look) {
        return plain.style(Styles.WHOLE, HorizontalAlignment.RIGHT, 0, look);
    }

    private Consumer<XSSFCellStyle> filled(XSSFColor fill, int points, boolean bold, XSSFColor ink) {
        return style -> {
            style.setFillForegroundColor(fill);
            style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
            style.setFont(plain.font(points, bold, ink));
        };
    }
}
