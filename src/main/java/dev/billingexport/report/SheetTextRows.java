package dev.billingexport.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** The rows of one table of a delivered workbook, whose sheets are known by their order. */
final class SheetTextRows implements TextRows {

    private final Path file;
    private final ZoneId zone;
    private final List<String> columns;
    private final OpenedWorkbook workbook;
    private final SheetRows rows;

    SheetTextRows(Path file, String table, ZoneId zone) throws IOException {
        this.file = file;
        this.zone = zone;
        this.columns = Tables.empty(table).names();
        try {
            workbook = OpenedWorkbook.open(file);
        } catch (DeliveredCsv.UnreadableException e) {
            throw unreadable(e);
        }
        try {
            rows = new SheetRows(sheetsFrom(table, workbook), workbook);
            if (rows.headings().size() != columns.size()) {
                throw new IllegalStateException(
                        "the sheet '" + rows.name() + "' has " + rows.headings().size() + " columns");
            }
        } catch (IOException | XMLStreamException | RuntimeException e) {
            workbook.close();
            throw unreadable(e);
        }
    }

    /** The sheets of a workbook, from the first of that table on. */
    private static Deque<OpenedWorkbook.Sheet> sheetsFrom(String table, OpenedWorkbook workbook) {
        Deque<OpenedWorkbook.Sheet> sheets = new ArrayDeque<>(workbook.sheets());
        // The summary.
        sheets.remove();
        for (String before : DeliveredReport.TABLES.subList(0, DeliveredReport.TABLES.indexOf(table))) {
            SheetRows.skip(sheets);
        }
        return sheets;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public @Nullable List<String> next() throws IOException {
        try {
            SheetReader.Row row = rows.next();
            if (row == null) {
                return null;
            }
            List<String> texts = new ArrayList<>();
            for (int column = 0; column < columns.size(); column++) {
                texts.add(DeliveredCell.csvOf(columns.get(column), row.cell(column), zone));
            }
            return texts;
        } catch (XMLStreamException | RuntimeException e) {
            throw unreadable(e);
        }
    }

    private DeliveredCsv.UnreadableException unreadable(Exception e) {
        return new DeliveredCsv.UnreadableException(file + " is not the workbook of a delivery: " + e.getMessage());
    }

    @Override
    public void close() throws IOException {
        rows.close();
        workbook.close();
    }
}
