package dev.billingexport.report.xlsx;

import dev.billingexport.report.table.Grouping;
import dev.billingexport.report.table.Sums;
import dev.billingexport.report.table.Table;
import dev.billingexport.session.SessionDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.IgnoredErrorType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.jspecify.annotations.Nullable;

/** The sheets of one table: the first one and its continuations. */
final class DataSheets<T> {

    private final Book book;
    private final Table<T> table;
    private final SheetLayout<T> layout;
    private final List<WrittenTable.Part> parts = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Sums sums;
    private final @Nullable Subtotals<T> subtotals;
    private SXSSFSheet sheet;
    private int rows;

    /** Creates the first sheet with its header. */
    DataSheets(Book book, Table<T> table) {
        this.book = book;
        this.table = table;
        this.layout = new SheetLayout<>(book, table);
        this.sums = new Sums(table.columns().size());
        Grouping<T> grouping = table.grouping();
        this.subtotals = grouping == null ? null : new Subtotals<>(grouping, table.column(grouping.column()));
        this.sheet = sheet();
    }

    /** Writes all rows of the table. */
    void addAll() {
        try (Stream<T> all = table.rows().get()) {
            all.forEach(this::write);
        }
    }

    /** Writes the rows of a session, where the table's rows come from sessions. */
    void add(SessionDetails session) {
        Objects.requireNonNull(table.ofSession()).apply(session).forEach(this::write);
    }

    private void write(T row) {
        if (subtotals != null) {
            subtotals.before(row).forEach(this::write);
        }
        table.put(row, book.cells(nextRow()));
        if (subtotals != null) {
            subtotals.add(row, sheet.getSheetName(), rows + 1);
        }
        if (table.extras().total()) {
            table.put(row, sums);
            sums.nextRow();
        }
    }

    /** Returns the next row, on a new sheet where this one is full. */
    private Row nextRow() {
        if (rows + 1 >= book.rowLimit()) {
            finishSheet();
            sheet = sheet();
            rows = 0;
        }
        return sheet.createRow(++rows);
    }

    /**
     * Written among the rows, so that it stays with its group under a filter. Its currency is part of the number format
     * only.
     */
    private void write(Subtotals.Subtotal subtotal) {
        String key = subtotal.key().isEmpty() ? book.wording().text("html.no-user") : subtotal.key();
        layout.writeAmount(
                nextRow(),
                book.wording().text("subtotal", key),
                subtotal.amount(),
                subtotal.currency(),
                subtotal.formula());
    }

    /** Writes what is below the rows, on a new sheet where there is no room, and returns where the rows are. */
    WrittenTable finish() {
        if (subtotals != null) {
            subtotals.before(null).forEach(this::write);
        }
        finishSheet();
        WrittenTable written = new WrittenTable(table, List.copyOf(parts));
        SheetEnd<T> end = new SheetEnd<>(layout, written, sums, subtotals);
        int next = sheet.getLastRowNum() + 1;
        if (end.lines() > 0 && next + end.lines() > book.rowLimit()) {
            sheet = sheet();
            next = 1;
        }
        end.write(sheet, next);
        return written;
    }

    /** Returns the names of the sheets in order. */
    List<String> names() {
        return names;
    }

    private SXSSFSheet sheet() {
        SXSSFSheet sheet = layout.create(SessionLinks.name(book.wording().heading(table), parts.size() + 1));
        names.add(sheet.getSheetName());
        return sheet;
    }

    private void finishSheet() {
        parts.add(new WrittenTable.Part(sheet.getSheetName(), rows));
        CellRangeAddress all = new CellRangeAddress(0, rows, 0, table.columns().size() - 1);
        sheet.setAutoFilter(all);
        DataBars.add(sheet, table, rows);
        // Suppresses the warning for numbers stored as text: ids are text, even if they consist of digits.
        book.workbook()
                .getXSSFWorkbook()
                .getSheet(sheet.getSheetName())
                .addIgnoredErrors(all, IgnoredErrorType.NUMBER_STORED_AS_TEXT);
    }
}
