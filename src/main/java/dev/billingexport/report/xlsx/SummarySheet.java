package dev.billingexport.report.xlsx;

import dev.billingexport.report.table.Figures;
import dev.billingexport.report.table.HeadWords;
import dev.billingexport.report.table.Rated;
import dev.billingexport.report.table.Reconciliation;
import dev.billingexport.report.table.ReportHead;
import dev.billingexport.report.table.Tile;
import dev.billingexport.report.table.Wording;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.CellStyle;
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
     * Writes the sheet and moves it to the front.
     *
     * @param tables where the rows behind the figures are, by table name
     */
    void write(Map<String, WrittenTable> tables, Reconciliation reconciliation) {
        sheet.setDisplayGridlines(false);
        sheet.setTabColor(Styles.INK);
        for (int column = 0; column < WIDTHS.length; column++) {
            sheet.setColumnWidth(place(column), WIDTHS[column] * 256);
        }
        for (int column = LAST_OF_FIGURES + 1; column < place(LAST_OF_FIGURES + 1); column++) {
            sheet.setColumnWidth(column, WIDTHS[LAST_OF_FIGURES] * 256);
        }
        row(0, 32).text(new HeadWords(head, wording).title(), styles.plain.title);
        int body = writeTiles();
        int next = new SummaryFacts(this, styles, head, wording).write(body, figures.amendments());
        next = new SummaryFigures(this, styles, head, wording).write(next + 1, figures, tables);
        int end = new SummaryAlerts(this, styles, head, wording, reconciliation).write(next + 1, figures, tables);
        int charts = new SummaryCharts(this, styles, head, wording, figures).write(body, end + 2);
        PageLayout.onePage(sheet, head, new CellRangeAddress(0, Math.max(end, charts), 0, place(WIDTHS.length - 1)));
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
        int more = Math.max(0, head.appTypes().size() - APPLICATIONS);
        return column <= LAST_OF_FIGURES ? column : column + more;
    }

    /** Returns the first row below the tiles. */
    private int writeTiles() {
        List<Tile> tiles = Tile.of(figures.usage().total(), wording);
        for (int i = 0; i < tiles.size(); i++) {
            Tile tile = tiles.get(i);
            writeTile(2, i, tile.label(), tile.value(), tile.decimals() == 0 ? styles.tileWhole : styles.tileDecimal);
        }
        row(4, 17).text(wording.text("tile.note"), styles.plain.label);
        Rated rated = figures.rated();
        if (rated == null || rated.totals().currencies().isEmpty()) {
            return BODY;
        }
        int place = 0;
        for (Currency currency :
                rated.totals().currencies().stream().limit(TILES.length).toList()) {
            BigDecimal amount = rated.totals().total().in(currency);
            writeTile(BODY, place++, wording.charges(currency), amount, styles.tileAmount(currency));
        }
        return BODY + BAND;
    }

    private void writeTile(int top, int place, String label, BigDecimal value, CellStyle look) {
        int first = place(TILES[place][0]);
        int last = place(TILES[place][1]);
        merged(top, 18, first, last, styles.tileLabel).text(label, styles.tileLabel);
        merged(top + 1, 32, first, last, look).number(value, look, styles.tileText);
    }

    XSSFSheet sheet() {
        return sheet;
    }

    /** Returns a row, which may already have cells. */
    SheetRow row(int number, int points) {
        XSSFRow row = sheet.getRow(number) == null ? sheet.createRow(number) : sheet.getRow(number);
        row.setHeightInPoints(points);
        return new SheetRow(row, styles.ruled, head.period().zone(), SessionLinks.NONE, wording);
    }

    /** Returns a row whose next value goes into merged cells. */
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
