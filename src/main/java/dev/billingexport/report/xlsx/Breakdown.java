package dev.billingexport.report.xlsx;

import dev.billingexport.report.table.Column;
import dev.billingexport.report.table.Table;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.streaming.SXSSFSheet;

/** A table's figures grouped by something else, written below the table on its sheet. */
final class Breakdown<T> {

    private final Table<T> table;
    private final Table<?> above;

    private Breakdown(Table<T> table, Table<?> above) {
        this.table = table;
        this.above = above;
    }

    /** Returns the breakdowns of a table that have rows. */
    static List<Breakdown<?>> of(Table<?> table) {
        List<Breakdown<?>> breakdowns = new ArrayList<>();
        for (Table<?> breakdown : table.extras().breakdowns()) {
            if (!breakdown.isEmpty()) {
                breakdowns.add(new Breakdown<>(breakdown, table));
            }
        }
        return breakdowns;
    }

    /** Returns the number of lines that it takes, with its heading and the blank line above. */
    int lines() {
        try (Stream<T> rows = table.rows().get()) {
            return Math.toIntExact(rows.count()) + 2;
        }
    }

    /** Writes it from a row on. */
    void write(SXSSFSheet sheet, int first, Book book) {
        Row row = sheet.createRow(first);
        row.setHeightInPoints(Styles.HEADER_POINTS);
        SheetRow heading = book.cells(row);
        heading.text(book.wording().heading(table), book.styles().header);
        for (Column<T> column : table.columns()) {
            int place = place(column);
            heading.skipTo(place).text(book.wording().heading(column, book.zone()), style(column, book));
            sheet.setColumnWidth(place, Math.max(sheet.getColumnWidth(place), column.width() * 256));
        }
        int next = first + 1;
        try (Stream<T> stream = table.rows().get()) {
            for (Iterator<T> each = stream.iterator(); each.hasNext(); ) {
                T values = each.next();
                SheetRow cells = book.cells(sheet.createRow(next++));
                for (Column<T> column : table.columns()) {
                    column.content().put(values, cells.skipTo(place(column)));
                }
            }
        }
    }

    private static Style style(Column<?> column, Book book) {
        return column.kind() == Column.Kind.TEXT ? book.styles().header : book.styles().numberHeader;
    }

    /**
     * Returns the position of a column. Figures stand below the column that they add up, others to the right; without
     * any such figures, all columns start at the left.
     */
    private int place(Column<T> column) {
        boolean addsUp =
                table.columns().stream().anyMatch(each -> each.kind().addsUp() && above.column(each.name()) >= 0);
        if (!addsUp) {
            return table.columns().indexOf(column);
        }
        int same = above.column(column.name());
        List<Column<T>> further = table.columns().stream()
                .filter(each -> above.column(each.name()) < 0)
                .toList();
        return same >= 0 ? same : above.columns().size() + further.indexOf(column);
    }
}
