package dev.billingexport.report;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.IgnoredErrorType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;

/**
 * The sheets of one table: the first, and those that it goes on in.
 *
 * @param rowLimit rows of a sheet, the header among them
 */
record DataSheets<T>(SXSSFWorkbook workbook, Styles styles, ReportHead head, Table<T> table, int rowLimit) {

    /** Writes them and returns the rows, without headers. */
    long write() {
        long rows = 0;
        int sheets = 0;
        try (Stream<T> stream = table.rows().get()) {
            Iterator<T> each = stream.iterator();
            do {
                rows += fill(sheet(++sheets), each);
            } while (each.hasNext());
        }
        return rows;
    }

    private SXSSFSheet sheet(int number) {
        String name = number == 1 ? table.heading() : table.heading() + " (" + number + ")";
        SXSSFSheet sheet = workbook.createSheet(name);
        for (int column = 0; column < table.columns().size(); column++) {
            sheet.setColumnWidth(column, width(table.columns().get(column)) * 256);
        }
        sheet.setDefaultRowHeightInPoints(Styles.LINE_POINTS);
        sheet.createFreezePane(0, 1);
        Paper.landscape(sheet, head);
        sheet.setRepeatingRows(new CellRangeAddress(0, 0, -1, -1));
        writeHeader(sheet);
        return sheet;
    }

    private void writeHeader(SXSSFSheet sheet) {
        Row row = sheet.createRow(0);
        row.setHeightInPoints(32);
        SheetRow cells = new SheetRow(row, styles, zone());
        for (Column<T> column : table.columns()) {
            cells.text(heading(column), column.kind() == Column.Kind.NUMBER ? styles.numberHeader : styles.header);
        }
    }

    private String heading(Column<T> column) {
        return column.kind() == Column.Kind.TIME ? column.heading() + " (" + name(zone()) + ")" : column.heading();
    }

    /** Room for the column's values, and for every word of its heading beside the filter's button. */
    private int width(Column<T> column) {
        int longest = Stream.of(heading(column).split(" "))
                .mapToInt(String::length)
                .max()
                .orElse(0);
        return Math.max(column.width(), longest + 6);
    }

    private int fill(SXSSFSheet sheet, Iterator<T> each) {
        int rows = 0;
        while (each.hasNext() && rows + 1 < rowLimit) {
            table.put(each.next(), new SheetRow(sheet.createRow(++rows), styles, zone()));
        }
        CellRangeAddress all = new CellRangeAddress(0, rows, 0, table.columns().size() - 1);
        sheet.setAutoFilter(all);
        // Ids are text on purpose, even where they consist of digits.
        workbook.getXSSFWorkbook()
                .getSheet(sheet.getSheetName())
                .addIgnoredErrors(all, IgnoredErrorType.NUMBER_STORED_AS_TEXT);
        return rows;
    }

    private ZoneId zone() {
        return head.period().zone();
    }

    /** How a zone is called in a heading. */
    static String name(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }
}
