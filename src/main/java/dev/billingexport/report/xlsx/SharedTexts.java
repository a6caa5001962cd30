package dev.billingexport.report.xlsx;

import java.util.HashMap;
import java.util.Map;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.model.SharedStringsTable;
import org.apache.poi.xssf.usermodel.XSSFRichTextString;

/**
 * The workbook's shared strings table. Previews of many programs show only shared strings, not inline ones. Only the
 * first rows of a sheet are shared: sharing all texts of a large sheet would take gigabytes of heap and three times as
 * long.
 */
final class SharedTexts {

    static final int ROWS = 300;
    private static final int LENGTH = 1_000;

    private final SharedStringsTable table;
    private final Map<String, Integer> places = new HashMap<>();

    SharedTexts(SharedStringsTable table) {
        this.table = table;
    }

    /** Adds a cell's text to the table. */
    void place(Cell cell) {
        if (cell.getCellType() == CellType.STRING) {
            place(cell.getStringCellValue(), cell.getRowIndex());
        }
    }

    /**
     * Returns the index of a text in the table, or -1 where it is written into its cell.
     *
     * @param row row of the sheet, from 0
     */
    int place(String text, int row) {
        return row < ROWS && text.length() <= LENGTH && isPlain(text)
                ? places.computeIfAbsent(text, own -> table.addSharedStringItem(new XSSFRichTextString(own)))
                : -1;
    }

    /** Returns whether the text is written unescaped and read equally by all programs: no line ends and no escapes. */
    private static boolean isPlain(String text) {
        return !text.contains("_x")
                && text.chars().noneMatch(c -> c < ' ' || Character.isSurrogate((char) c) || c >= '\uFFFE');
    }
}
