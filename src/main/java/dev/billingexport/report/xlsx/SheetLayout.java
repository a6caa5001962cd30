package dev.billingexport.report.xlsx;

import dev.billingexport.report.table.Column;
import dev.billingexport.report.table.Table;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.streaming.SXSSFSheet;

/** The columns of a table on its sheets: widths, headings, and what is repeated in print. */
record SheetLayout<T>(Book book, Table<T> table) {

    /** Room for the UTC offset that an ambiguous time is shown with. */
    private static final int OFFSET = 6;

    /** Creates a sheet with its header. */
    SXSSFSheet create(String name) {
        SXSSFSheet sheet = book.workbook().createSheet(name);
        for (int column = 0; column < table.columns().size(); column++) {
            sheet.setColumnWidth(column, width(table.columns().get(column)) * 256);
        }
        sheet.setDefaultRowHeightInPoints(Styles.LINE_POINTS);
        sheet.createFreezePane(frozen(), 1);
        PageLayout.table(sheet, book.head(), isWide() ? 2 : 1);
        sheet.setRepeatingRows(new CellRangeAddress(0, 0, -1, -1));
        if (isWide()) {
            sheet.setRepeatingColumns(new CellRangeAddress(-1, -1, 0, frozen() - 1));
        }
        Row row = sheet.createRow(0);
        row.setHeightInPoints(Styles.HEADER_POINTS);
        SheetRow cells = book.cells(row);
        for (Column<T> column : table.columns()) {
            cells.text(heading(column), column.kind().isNumber() ? book.styles().numberHeader : book.styles().header);
        }
        return sheet;
    }

    /** Returns the number of columns that identify a row and stay visible. */
    private int frozen() {
        return table.column("user_name") == 1 ? 2 : 1;
    }

    private boolean isWide() {
        return table.columns().stream().mapToInt(this::width).sum() > PageLayout.CHARACTERS;
    }

    /** Returns the first column that isn't repeated on every printed page. */
    int firstUnrepeated() {
        return isWide() ? frozen() : 0;
    }

    private String heading(Column<T> column) {
        return book.wording().heading(column, book.zone());
    }

    /** Returns a width that fits the column's values, and each word of its heading beside the filter's button. */
    private int width(Column<T> column) {
        int longest = Stream.of(heading(column).split(" "))
                .mapToInt(String::length)
                .max()
                .orElse(0);
        boolean offsets =
                column.kind() == Column.Kind.TIME && !book.zone().getRules().isFixedOffset();
        return Math.max(column.width() + (offsets ? OFFSET : 0), longest + 6);
    }

    /** Writes a row with only a label and an amount. */
    void writeAmount(Row row, String label, BigDecimal amount, Currency currency, String formula) {
        SheetRow cells = book.cells(row);
        for (Column<T> column : table.columns()) {
            if (column.name().equals("amount")) {
                cells.sum(amount, currency, formula);
            } else {
                cells.text(column == table.columns().get(0) ? label : "", book.styles().totalText);
            }
        }
    }
}
