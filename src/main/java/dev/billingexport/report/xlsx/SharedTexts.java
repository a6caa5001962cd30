package dev.billingexport.report.xlsx;

import java.util.HashMap;
import java.util.Map;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.model.SharedStringsTable;
import org.apache.poi.xssf.usermodel.XSSFRichTextString;

/**
 * The texts that a workbook holds once for all cells, which is what every program knows: previews show nothing of a text
 * that stands in its cell. Only the first rows of a sheet have theirs here, for all texts of a large one would need
 * gigabytes of heap and three times as long.
 */
final class SharedTexts {

    static final int ROWS = 300;
    private static final int LENGTH = 1_000;

    private final SharedStringsTable table;
    private final Map<String, Integer> places = new HashMap<>();

    SharedTexts(SharedStringsTable table) {
        this.table = table;
    }

    /** Gives a cell's text its place. */
    void place(Cell cell) {
        if (cell.getCellType() == CellType.STRING) {
            place(cell.getStringCellValue(), cell.getRowIndex());
        }
    }

    /**
     * The place of a text in the table, or -1 where it stays in its cell.
     *
     * @param row of the sheet, from 0
     */
    int place(String text, int row) {
        return row < ROWS && text.length() <= LENGTH && isPlain(text)
                ? places.computeIfAbsent(text, own -> table.addSharedStringItem(new XSSFRichTextString(own)))
                : -1;
    }

    /** What is written there as it is, and read by all in the same way: no line ends and no escapes. */
    private static boolean isPlain(String text) {
        return !text.contains("_x")
                && text.chars().noneMatch(c -> c < ' ' || Character.isSurrogate((char) c) || c >= '\uFFFE');
    }
}
