package dev.billingexport.report.xlsx;

import java.util.HashMap;
import java.util.Map;
import org.apache.poi.ss.usermodel.FontScheme;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** The fonts of a workbook, each created once. Not thread-safe. */
final class Fonts {

    /**
     * Available in every office suite, or replaced by a font with the same widths, so that columns have the right width
     * on any machine.
     */
    private static final String NAME = "Arial";

    private final XSSFWorkbook workbook;
    private final Map<Key, XSSFFont> created = new HashMap<>();

    private record Key(int points, boolean bold, XSSFColor color) {}

    /** @param points size of the font of a workbook's cells without a font of their own */
    Fonts(XSSFWorkbook workbook, int points) {
        this.workbook = workbook;
        // Column widths are counted in digits of the first font.
        XSSFFont first = workbook.getFontAt(0);
        first.setScheme(FontScheme.NONE);
        look(first, points, false);
    }

    XSSFFont font(int points, boolean bold, XSSFColor color) {
        return created.computeIfAbsent(new Key(points, bold, color), key -> {
            XSSFFont font = workbook.createFont();
            look(font, points, bold);
            font.setColor(color);
            return font;
        });
    }

    private static void look(XSSFFont font, int points, boolean bold) {
        font.setFontName(NAME);
        font.setFontHeightInPoints((short) points);
        font.setBold(bold);
    }
}
