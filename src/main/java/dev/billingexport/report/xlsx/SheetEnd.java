package dev.billingexport.report.xlsx;

import dev.billingexport.report.table.Column;
import dev.billingexport.report.table.Sums;
import dev.billingexport.report.table.Table;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.jspecify.annotations.Nullable;

/** What is below the rows of a table: the total directly below them, then notes, then breakdowns. */
final class SheetEnd<T> {

    /** Longest line that is still easy to read. */
    private static final int NOTE_CHARACTERS = 140;

    private final SheetLayout<T> layout;
    private final Book book;
    private final Table<T> table;
    private final WrittenTable written;
    private final Sums sums;
    private final @Nullable Subtotals<T> subtotals;
    private final List<String> notes;
    private final List<Breakdown<?>> breakdowns;

    /**
     * @param sums of all columns, where the table has a total
     * @param subtotals null where the table isn't grouped
     */
    SheetEnd(SheetLayout<T> layout, WrittenTable written, Sums sums, @Nullable Subtotals<T> subtotals) {
        this.layout = layout;
        this.book = layout.book();
        this.table = layout.table();
        this.written = written;
        this.sums = sums;
        this.subtotals = subtotals;
        this.notes = table.extras().notes().apply(book.wording());
        this.breakdowns = Breakdown.of(table);
    }

    /** Returns the number of rows that it takes. */
    int lines() {
        return totals()
                + (notes.isEmpty() ? 0 : notes.size() + 1)
                + breakdowns.stream().mapToInt(Breakdown::lines).sum();
    }

    private int totals() {
        if (subtotals != null) {
            return subtotals.totals().size();
        }
        return table.extras().total() && written.rows() > 0 ? 1 : 0;
    }

    /** Writes from a row on. */
    void write(SXSSFSheet sheet, int first) {
        int next = first;
        if (subtotals != null) {
            for (Map.Entry<Currency, BigDecimal> sum : subtotals.totals().entrySet()) {
                String formula =
                        written.sumOf("amount", "currency", sum.getKey().getCurrencyCode());
                layout.writeAmount(
                        sheet.createRow(next++), book.wording().text("total"), sum.getValue(), sum.getKey(), formula);
            }
        } else if (totals() > 0) {
            writeTotal(sheet.createRow(next++));
        }
        for (String note : notes) {
            writeNote(note, sheet, ++next);
        }
        for (Breakdown<?> breakdown : breakdowns) {
            breakdown.write(sheet, next + 2, book);
            next += breakdown.lines();
        }
    }

    private void writeTotal(Row row) {
        SheetRow cells = book.cells(row);
        for (int place = 0; place < table.columns().size(); place++) {
            Column<T> column = table.columns().get(place);
            if (column.kind().addsUp()) {
                writeSum(cells, column, sums.of(place));
            } else {
                cells.text(place == 0 ? book.wording().text("total") : "", book.styles().totalText);
            }
        }
    }

    private void writeSum(SheetRow cells, Column<T> column, BigDecimal sum) {
        String formula = written.sum(column.name());
        if (column.currency() == null) {
            cells.sum(sum, column.kind() == Column.Kind.INTEGER && Sums.isWhole(sum), formula);
        } else {
            cells.sum(sum, column.currency(), formula);
        }
    }

    /** Writes a note across several columns, in as many lines as needed. */
    private void writeNote(String note, SXSSFSheet sheet, int number) {
        int first = layout.firstUnrepeated();
        int last = first;
        int characters = sheet.getColumnWidth(last) / 256;
        while (last + 1 < table.columns().size() && characters < NOTE_CHARACTERS) {
            characters += sheet.getColumnWidth(++last) / 256;
        }
        Row row = sheet.createRow(number);
        row.setHeightInPoints((note.length() / characters + 1) * Styles.LINE_POINTS);
        book.cells(row).skipTo(first).text(note, book.styles().note);
        if (last > first) {
            sheet.addMergedRegion(new CellRangeAddress(number, number, first, last));
        }
    }
}
