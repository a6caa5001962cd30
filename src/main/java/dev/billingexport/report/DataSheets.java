package dev.billingexport.report;

import dev.billingexport.session.SessionDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.IgnoredErrorType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.streaming.SXSSFSheet;

/** The sheets of one table: the first, and those that it goes on in. */
final class DataSheets<T> {

    private final Book book;
    private final Table<T> table;
    private final List<WrittenTable.Part> parts = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Sums sums;
    private SXSSFSheet sheet;
    private int rows;

    /** Makes the first of them, with its header. */
    DataSheets(Book book, Table<T> table) {
        this.book = book;
        this.table = table;
        this.sums = new Sums(table.columns().size());
        this.sheet = sheet();
    }

    /** Whether the rows are those that sessions have. */
    boolean ofSessions() {
        return table.ofSession() != null;
    }

    /** Writes all rows of the table. */
    void addAll() {
        try (Stream<T> all = table.rows().get()) {
            all.forEach(this::write);
        }
    }

    /** Writes the rows that a session has, where the table is made of sessions. */
    void add(SessionDetails session) {
        Objects.requireNonNull(table.ofSession()).apply(session).forEach(this::write);
    }

    private void write(T row) {
        if (rows + 1 >= book.rowLimit()) {
            finishSheet();
            sheet = sheet();
            rows = 0;
        }
        table.put(row, book.cells(sheet.createRow(++rows)));
        if (table.extras().total()) {
            table.put(row, sums);
            sums.nextRow();
        }
    }

    /** Writes what is below the rows, and tells where those are. */
    WrittenTable finish() {
        finishSheet();
        WrittenTable written = new WrittenTable(table, List.copyOf(parts));
        writeExtras(written);
        return written;
    }

    /** The names of the sheets, in their order. */
    List<String> names() {
        return names;
    }

    private SXSSFSheet sheet() {
        SXSSFSheet sheet = book.workbook().createSheet(name(parts.size() + 1));
        names.add(sheet.getSheetName());
        for (int column = 0; column < table.columns().size(); column++) {
            sheet.setColumnWidth(column, width(table.columns().get(column)) * 256);
        }
        sheet.setDefaultRowHeightInPoints(Styles.LINE_POINTS);
        sheet.createFreezePane(0, 1);
        Paper.landscape(sheet, book.head());
        sheet.setRepeatingRows(new CellRangeAddress(0, 0, -1, -1));
        Row row = sheet.createRow(0);
        row.setHeightInPoints(Styles.HEADER_POINTS);
        SheetRow cells = book.cells(row);
        for (Column<T> column : table.columns()) {
            cells.text(heading(column), isNumber(column) ? book.styles().numberHeader : book.styles().header);
        }
        return sheet;
    }

    private String name(int part) {
        return SessionLinks.name(book.wording().heading(table), part);
    }

    private String heading(Column<T> column) {
        return book.wording().heading(column, book.zone());
    }

    private static boolean isNumber(Column<?> column) {
        return column.kind() == Column.Kind.NUMBER || column.kind() == Column.Kind.RATE;
    }

    /** Room for the column's values, and for every word of its heading beside the filter's button. */
    private int width(Column<T> column) {
        int longest = Stream.of(heading(column).split(" "))
                .mapToInt(String::length)
                .max()
                .orElse(0);
        return Math.max(column.width(), longest + 6);
    }

    private void finishSheet() {
        parts.add(new WrittenTable.Part(sheet.getSheetName(), rows));
        CellRangeAddress all = new CellRangeAddress(0, rows, 0, table.columns().size() - 1);
        sheet.setAutoFilter(all);
        DataBars.add(sheet, table, rows);
        // Ids are text on purpose, even where they consist of digits.
        book.workbook()
                .getXSSFWorkbook()
                .getSheet(sheet.getSheetName())
                .addIgnoredErrors(all, IgnoredErrorType.NUMBER_STORED_AS_TEXT);
    }

    /** The total directly below the rows, then the notes; on a sheet of their own where there is no more room. */
    private void writeExtras(WrittenTable written) {
        List<String> notes = table.extras().notes().apply(book.wording());
        int total = table.extras().total() && written.rows() > 0 ? 1 : 0;
        Breakdown<?> breakdown = written.rows() > 0 ? Breakdown.of(table) : null;
        int lines = total + (notes.isEmpty() ? 0 : notes.size() + 1) + (breakdown == null ? 0 : breakdown.lines());
        int next = sheet.getLastRowNum() + 1;
        if (lines > 0 && next + lines > book.rowLimit()) {
            sheet = sheet();
            next = 1;
        }
        if (total > 0) {
            writeTotal(sheet.createRow(next++), written);
        }
        for (String note : notes) {
            book.cells(sheet.createRow(++next)).text(note, book.styles().label);
        }
        if (breakdown != null) {
            breakdown.write(sheet, next + 2, book);
        }
    }

    private void writeTotal(Row row, WrittenTable written) {
        SheetRow cells = book.cells(row);
        for (int place = 0; place < table.columns().size(); place++) {
            Column<T> column = table.columns().get(place);
            CellStyle empty = book.styles().totalText;
            if (column.kind() == Column.Kind.NUMBER) {
                cells.sum(sums.of(place), sums.isWhole(place), written.sum(column.name()));
            } else {
                cells.text(place == 0 ? book.wording().text("total") : "", empty);
            }
        }
    }
}
