package dev.billingexport.report;

import java.util.function.Consumer;
import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.Font;
import org.apache.poi.ss.usermodel.HorizontalAlignment;
import org.apache.poi.ss.usermodel.IndexedColors;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFFont;

/** The looks of a workbook's cells, each made once. */
final class Styles {

    static final XSSFColor INK = color(0x1F, 0x3A, 0x5F);
    private static final XSSFColor GREY = color(0x59, 0x59, 0x59);
    private static final XSSFColor LINE = color(0xBF, 0xC9, 0xD6);
    private static final XSSFColor ALARM = color(0xB0, 0x2A, 0x2A);

    private static final String WHOLE = "#,##0";
    /** At least two decimals, and as many as four where there are more; the dots stay under each other. */
    private static final String FRACTION = "#,##0.00??";

    final CellStyle text;
    final CellStyle time;
    final CellStyle day;
    final CellStyle integer;
    final CellStyle decimal;
    final CellStyle longNumber;
    final CellStyle header;
    final CellStyle numberHeader;
    final CellStyle title;
    final CellStyle label;
    final CellStyle alarm;

    private final Workbook workbook;

    Styles(Workbook workbook) {
        this.workbook = workbook;
        text = style("@", style -> {});
        time = style("yyyy-mm-dd hh:mm:ss.000", style -> style.setAlignment(HorizontalAlignment.LEFT));
        day = style("yyyy-mm-dd", style -> style.setAlignment(HorizontalAlignment.LEFT));
        integer = style(WHOLE, style -> style.setAlignment(HorizontalAlignment.RIGHT));
        decimal = style(FRACTION, style -> style.setAlignment(HorizontalAlignment.RIGHT));
        longNumber = style("@", style -> style.setAlignment(HorizontalAlignment.RIGHT));
        header = style("@", style -> header(style, HorizontalAlignment.LEFT));
        numberHeader = style("@", style -> header(style, HorizontalAlignment.RIGHT));
        title = style("@", style -> style.setFont(font(18, true, INK)));
        label = style("@", style -> style.setFont(font(11, false, GREY)));
        alarm = style("@", style -> style.setFont(font(11, true, ALARM)));
    }

    private XSSFCellStyle style(String format, Consumer<XSSFCellStyle> look) {
        XSSFCellStyle style = (XSSFCellStyle) workbook.createCellStyle();
        style.setDataFormat(workbook.createDataFormat().getFormat(format));
        look.accept(style);
        return style;
    }

    private void header(XSSFCellStyle style, HorizontalAlignment alignment) {
        style.setFillForegroundColor(INK);
        style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
        style.setAlignment(alignment);
        style.setVerticalAlignment(VerticalAlignment.CENTER);
        style.setWrapText(true);
        style.setBorderBottom(BorderStyle.THIN);
        style.setBottomBorderColor(LINE);
        style.setFont(font(11, true, new XSSFColor(IndexedColors.WHITE, null)));
    }

    private Font font(int points, boolean bold, XSSFColor color) {
        XSSFFont font = (XSSFFont) workbook.createFont();
        font.setFontHeightInPoints((short) points);
        font.setBold(bold);
        font.setColor(color);
        return font;
    }

    private static XSSFColor color(int red, int green, int blue) {
        return new XSSFColor(new byte[] {(byte) red, (byte) green, (byte) blue}, null);
    }
}
