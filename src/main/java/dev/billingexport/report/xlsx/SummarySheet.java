package dev.billingexport.report.xlsx;

import dev.billingexport.report.table.Fact;
import dev.billingexport.report.table.Summary;
import dev.billingexport.report.table.Tile;
import dev.billingexport.report.table.Wording;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** The first sheet: description, key figures, alerts and charts. */
final class SummarySheet {

    /**
     * With two applications: figures on the left, a gap, and the charts' five columns; together as wide as a page on its side.
     * Each further application has a column more after the fourth.
     */
    private static final int[] WIDTHS = {30, 22, 22, 22, 9, 3, 15, 15, 15, 15, 15};

    private static final int LAST_OF_FIGURES = 3;
    private static final int APPLICATIONS = 2;

    /** First and last column of each tile. */
    private static final int[][] TILES = {{0, 0}, {1, 1}, {2, 2}, {3, 3}, {4, 6}, {7, 8}, {9, 10}};

    /** First row below the tiles, and by how many rows it moves down where there are amounts. */
    private static final int BODY = 6;

    private static final int BAND = 3;

    private final XSSFSheet sheet;
    private final SummaryStyles styles;
    private final Summary summary;
    private final Wording wording;

    SummarySheet(XSSFWorkbook workbook, SummaryStyles styles, Summary summary) {
        this.wording = summary.wording();
        this.sheet = workbook.createSheet(wording.text("sheet.summary"));
        this.styles = styles;
        this.summary = summary;
    }

    /**
     * Writes the sheet and moves it to the front.
     *
     * @param tables where the rows behind the figures are, by table name
     */
    void write(Map<String, WrittenTable> tables) {
        sheet.setDisplayGridlines(false);
        sheet.setTabColor(Styles.INK);
        for (int column = 0; column < WIDTHS.length; column++) {
            sheet.setColumnWidth(place(column), WIDTHS[column] * 256);
        }
        for (int column = LAST_OF_FIGURES + 1; column < place(LAST_OF_FIGURES + 1); column++) {
            sheet.setColumnWidth(column, WIDTHS[LAST_OF_FIGURES] * 256);
        }
        row(0, 32).text(summary.title(), styles.plain.title);
        int body = writeTiles();
        int next = writeFacts(body);
        next = new SummaryFigures(this, styles, summary, wording, tables).write(next + 1);
        int end = new SummaryAlerts(this, styles, wording, tables).write(next + 1, summary.alerts());
        int charts = new SummaryCharts(this, styles, summary, wording).write(body, end + 2);
        PageLayout.onePage(
                sheet, summary.head(), new CellRangeAddress(0, Math.max(end, charts), 0, place(WIDTHS.length - 1)));
        XSSFWorkbook workbook = sheet.getWorkbook();
        workbook.setSheetOrder(sheet.getSheetName(), 0);
        workbook.setActiveSheet(0);
        workbook.setSelectedTab(0);
    }

    /**
     * Returns where a column lies.
     *
     * @param column its place with two applications, from 0
     */
    int place(int column) {
        int more = Math.max(0, summary.applications().size() - APPLICATIONS);
        return column <= LAST_OF_FIGURES ? column : column + more;
    }

    /** Returns the first row below the tiles. */
    private int writeTiles() {
        writeTiles(2, summary.tiles());
        row(4, 17).text(wording.text("tile.note"), styles.plain.label);
        if (summary.amounts().isEmpty()) {
            return BODY;
        }
        writeTiles(BODY, summary.amounts().stream().limit(TILES.length).toList());
        return BODY + BAND;
    }

    private void writeTiles(int top, List<Tile> tiles) {
        for (int place = 0; place < tiles.size(); place++) {
            Tile tile = tiles.get(place);
            Style look = look(tile);
            int first = place(TILES[place][0]);
            int last = place(TILES[place][1]);
            merged(top, 18, first, last, styles.tileLabel).text(tile.label(), styles.tileLabel);
            merged(top + 1, 32, first, last, look).number(tile.value(), look, styles.tileText);
        }
    }

    private Style look(Tile tile) {
        if (tile.currency() != null) {
            return styles.tileAmount(tile.currency());
        }
        return tile.decimals() == 0 ? styles.tileWhole : styles.tileDecimal;
    }

    /** Writes from that row on and returns the row after the last. */
    private int writeFacts(int first) {
        int next = first;
        for (Fact fact : summary.facts()) {
            SheetRow cells = row(next++, 17);
            cells.text(fact.label(), styles.plain.label);
            cells.text(fact.value(), styles.plain.text);
            if (!fact.hint().isEmpty()) {
                cells.text(fact.hint(), styles.plain.label);
            }
            // Below each other: the charts begin where one sentence ends.
            for (int i = 0; i < fact.notes().size(); i++) {
                SheetRow line = i == 0 ? cells : row(next++, 17).skipTo(2);
                line.text(fact.notes().get(i), styles.plain.label);
            }
        }
        return next;
    }

    XSSFSheet sheet() {
        return sheet;
    }

    /** Returns a row, which may already have cells. */
    SheetRow row(int number, int points) {
        XSSFRow row = sheet.getRow(number) == null ? sheet.createRow(number) : sheet.getRow(number);
        row.setHeightInPoints(points);
        return new SheetRow(row, styles.ruled, summary.head().period().zone(), SessionLinks.NONE, wording);
    }

    /** Returns a row whose next value goes into merged cells. */
    SheetRow merged(int number, int points, int first, int last, Style style) {
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
