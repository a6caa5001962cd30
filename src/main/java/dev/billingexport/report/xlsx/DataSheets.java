package dev.billingexport.report.xlsx;

import dev.billingexport.report.table.Column;
import dev.billingexport.report.table.Grouping;
import dev.billingexport.report.table.Sums;
import dev.billingexport.report.table.Table;
import dev.billingexport.session.SessionDetails;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.IgnoredErrorType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.jspecify.annotations.Nullable;

/** The sheets of one table: the first one and its continuations. */
final class DataSheets<T> {

    /** Room for the UTC offset that an ambiguous time is shown with. */
    private static final int OFFSET = 6;

    /** Longest line that is still easy to read. */
    private static final int NOTE_CHARACTERS = 140;

    private final Book book;
    private final Table<T> table;
    private final List<WrittenTable.Part> parts = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Sums sums;
    private final @Nullable Subtotals<T> subtotals;
    private SXSSFSheet sheet;
    private boolean wide;
    private int rows;

    /** Creates the first sheet with its header. */
    DataSheets(Book book, Table<T> table) {
        this.book = book;
        this.table = table;
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
        writeSum(
                nextRow(),
                book.wording().text("subtotal", key),
                subtotal.amount(),
                subtotal.currency(),
                subtotal.formula());
    }

    /** Writes what is below the rows and returns where the rows are. */
    WrittenTable finish() {
        if (subtotals != null) {
            subtotals.before(null).forEach(this::write);
        }
        finishSheet();
        WrittenTable written = new WrittenTable(table, List.copyOf(parts));
        writeExtras(written);
        return written;
    }

    /** Returns the names of the sheets in order. */
    List<String> names() {
        return names;
    }

    private SXSSFSheet sheet() {
        SXSSFSheet sheet = book.workbook().createSheet(name(parts.size() + 1));
        names.add(sheet.getSheetName());
        int width = 0;
        for (int column = 0; column < table.columns().size(); column++) {
            int own = width(table.columns().get(column));
            sheet.setColumnWidth(column, own * 256);
            width += own;
        }
        sheet.setDefaultRowHeightInPoints(Styles.LINE_POINTS);
        sheet.createFreezePane(frozen(), 1);
        wide = width > PageLayout.CHARACTERS;
        PageLayout.table(sheet, book.head(), wide ? 2 : 1);
        sheet.setRepeatingRows(new CellRangeAddress(0, 0, -1, -1));
        if (wide) {
            sheet.setRepeatingColumns(new CellRangeAddress(-1, -1, 0, frozen() - 1));
        }
        Row row = sheet.createRow(0);
        row.setHeightInPoints(Styles.HEADER_POINTS);
        SheetRow cells = book.cells(row);
        for (Column<T> column : table.columns()) {
            cells.text(heading(column), isNumber(column) ? book.styles().numberHeader : book.styles().header);
        }
        return sheet;
    }

    /** Returns the number of columns that identify a row and stay visible. */
    private int frozen() {
        return table.column("user_name") == 1 ? 2 : 1;
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

    /** Writes the total directly below the rows, then the notes; on a sheet of their own where there is no room. */
    private void writeExtras(WrittenTable written) {
        List<String> notes = table.extras().notes().apply(book.wording());
        int total = totals(written);
        List<Breakdown<?>> breakdowns = Breakdown.of(table);
        int lines = total
                + (notes.isEmpty() ? 0 : notes.size() + 1)
                + breakdowns.stream().mapToInt(Breakdown::lines).sum();
        int next = sheet.getLastRowNum() + 1;
        if (lines > 0 && next + lines > book.rowLimit()) {
            sheet = sheet();
            next = 1;
        }
        if (subtotals != null) {
            for (Map.Entry<Currency, BigDecimal> sum : subtotals.totals().entrySet()) {
                String code = sum.getKey().getCurrencyCode();
                String formula = written.sumOf("amount", "currency", code);
                writeSum(sheet.createRow(next++), book.wording().text("total"), sum.getValue(), sum.getKey(), formula);
            }
        } else if (total > 0) {
            writeTotal(sheet.createRow(next++), written);
        }
        for (String note : notes) {
            writeNote(note, sheet.createRow(++next));
        }
        for (Breakdown<?> breakdown : breakdowns) {
            breakdown.write(sheet, next + 2, book);
            next += breakdown.lines();
        }
    }

    private int totals(WrittenTable written) {
        if (subtotals != null) {
            return subtotals.totals().size();
        }
        return table.extras().total() && written.rows() > 0 ? 1 : 0;
    }

    /** Writes a row with only a label and an amount. */
    private void writeSum(Row row, String label, BigDecimal amount, Currency currency, String formula) {
        SheetRow cells = book.cells(row);
        for (Column<T> column : table.columns()) {
            if (column.name().equals("amount")) {
                cells.sum(amount, currency, formula);
            } else {
                cells.text(column == table.columns().get(0) ? label : "", book.styles().totalText);
            }
        }
    }

    private static void writeSum(SheetRow cells, Column<?> column, BigDecimal sum, boolean whole, String formula) {
        Currency currency = column.currency();
        if (currency == null) {
            cells.sum(sum, whole, formula);
        } else {
            cells.sum(sum, currency, formula);
        }
    }

    /**
     * Writes a note across several columns, in as many lines as needed. Excludes the columns that are repeated on every
     * printed page.
     */
    private void writeNote(String note, Row row) {
        int first = wide ? frozen() : 0;
        int last = first;
        int characters = sheet.getColumnWidth(last) / 256;
        while (last + 1 < table.columns().size() && characters < NOTE_CHARACTERS) {
            characters += sheet.getColumnWidth(++last) / 256;
        }
        row.setHeightInPoints((note.length() / characters + 1) * Styles.LINE_POINTS);
        book.cells(row).skipTo(first).text(note, book.styles().note);
        if (last > first) {
            sheet.addMergedRegion(new CellRangeAddress(row.getRowNum(), row.getRowNum(), first, last));
        }
    }

    private void writeTotal(Row row, WrittenTable written) {
        SheetRow cells = book.cells(row);
        for (int place = 0; place < table.columns().size(); place++) {
            Column<T> column = table.columns().get(place);
            CellStyle empty = book.styles().totalText;
            if (column.kind() == Column.Kind.NUMBER) {
                writeSum(cells, column, sums.of(place), sums.isWhole(place), written.sum(column.name()));
            } else {
                cells.text(place == 0 ? book.wording().text("total") : "", empty);
            }
        }
    }
}
