package dev.billingexport.report;

import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** The first sheet: what the workbook is about, its key figures, what to look at, and charts. */
final class SummarySheet {

    /** Figures on the left, a gap, and the charts' five columns; together as wide as a page on its side. */
    private static final int[] WIDTHS = {30, 22, 22, 22, 9, 3, 15, 15, 15, 15, 15};
    /** First and last column of each tile. */
    private static final int[][] TILES = {{0, 0}, {1, 1}, {2, 2}, {3, 3}, {4, 6}, {7, 8}, {9, 10}};

    private static final int BODY = 6;

    private final XSSFSheet sheet;
    private final SummaryStyles styles;
    private final ReportHead head;
    private final Wording wording;
    private final Figures figures;

    SummarySheet(XSSFWorkbook workbook, SummaryStyles styles, ReportHead head, Wording wording, Figures figures) {
        this.sheet = workbook.createSheet(wording.text("sheet.summary"));
        this.styles = styles;
        this.head = head;
        this.wording = wording;
        this.figures = figures;
    }

    /**
     * Writes the sheet and makes it the first.
     *
     * @param tables where the rows are that the figures add up, by the tables' names
     */
    void write(Map<String, WrittenTable> tables, Reconciliation reconciliation) {
        sheet.setDisplayGridlines(false);
        sheet.setTabColor(Styles.INK);
        for (int column = 0; column < WIDTHS.length; column++) {
            sheet.setColumnWidth(column, WIDTHS[column] * 256);
        }
        row(0, 32).text(SummaryFacts.title(head, wording), styles.plain.title);
        writeTiles();
        int next = new SummaryFacts(this, styles, head, wording).write(BODY, figures.amendments());
        next = new SummaryFigures(this, styles, head, wording).write(next + 1, figures, tables);
        int end = new SummaryAlerts(this, styles, head, wording, reconciliation).write(next + 1, figures, tables);
        int charts = new SummaryCharts(this, styles, head, wording, figures).write(BODY, end + 2);
        Paper.onePage(sheet, head, new CellRangeAddress(0, Math.max(end, charts), 0, WIDTHS.length - 1));
        XSSFWorkbook workbook = sheet.getWorkbook();
        workbook.setSheetOrder(sheet.getSheetName(), 0);
        workbook.setActiveSheet(0);
        workbook.setSelectedTab(0);
    }

    private void writeTiles() {
        List<Tile> tiles = Tile.of(figures.usage().total(), wording);
        for (int i = 0; i < tiles.size(); i++) {
            Tile tile = tiles.get(i);
            merged(2, 18, TILES[i][0], TILES[i][1], styles.tileLabel).text(tile.label(), styles.tileLabel);
            CellStyle look = tile.decimals() == 0 ? styles.tileWhole : styles.tileDecimal;
            merged(3, 32, TILES[i][0], TILES[i][1], look).number(tile.value(), look, styles.tileText);
        }
        row(4, 17).text(wording.text("tile.note"), styles.plain.label);
    }

    XSSFSheet sheet() {
        return sheet;
    }

    /** A row, which others may have begun. */
    SheetRow row(int number, int points) {
        XSSFRow row = sheet.getRow(number) == null ? sheet.createRow(number) : sheet.getRow(number);
        row.setHeightInPoints(points);
        return new SheetRow(row, styles.ruled, head.period().zone(), SessionLinks.NONE);
    }

    /** A row whose next value goes into cells that are one. */
    SheetRow merged(int number, int points, int first, int last, CellStyle style) {
        SheetRow cells = row(number, points).skipTo(first);
        for (int column = first; column <= last; column++) {
            cells.text("", style);
        }
        if (last > first) {
            sheet.addMergedRegion(new CellRangeAddress(number, number, first, last));
        }
        return cells.skipTo(first);
    }
}
