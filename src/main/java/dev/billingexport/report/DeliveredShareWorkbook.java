package dev.billingexport.report;

import dev.billingexport.session.Filter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.xml.stream.XMLStreamException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.jspecify.annotations.Nullable;

/** The workbook of a share, read for {@link DeliveredShares}. */
final class DeliveredShareWorkbook {

    /** In the order of the sheets behind the summary. */
    private static final List<String> TABLES =
            List.of("users", "days", "sessions", "call-details", "recordings", "reconciliation", "charges", "problems");

    /** Left out where they have no rows. */
    private static final Set<String> OPTIONAL = Set.of("reconciliation", "charges", "problems");

    private final ReportHead head;
    private final Filter.Field by;
    private final Function<String, List<String>> columns;
    private final Differences differences;
    private final ShareTally tally = new ShareTally();
    private final SummaryTally figures = new SummaryTally();
    private final Deque<OpenedWorkbook.Sheet> sheets = new ArrayDeque<>();
    private final Map<String, WrittenTable> written = new HashMap<>();
    private @Nullable String value;
    private long rows;

    /** @param columns of a table, by its name; none for a table that there is not */
    DeliveredShareWorkbook(
            ReportHead head, Filter.Field by, Function<String, List<String>> columns, Differences differences) {
        this.head = head;
        this.by = by;
        this.columns = columns;
        this.differences = differences;
    }

    /** Reads all of it. */
    ShareTally read(Path file) throws IOException {
        try (OpenedWorkbook workbook = OpenedWorkbook.open(file)) {
            Concealment.find(file, workbook, differences);
            sheets.addAll(workbook.sheets());
            OpenedWorkbook.Sheet summary = sheets.poll();
            for (String table : TABLES) {
                read(table, workbook);
            }
            sheets.forEach(sheet -> differences.add("the sheet '" + sheet.name() + "' is not expected"));
            if (written.keySet().containsAll(DeliveredReport.ALWAYS)) {
                new DeliveredSummary(head, figures, written, differences).compare(summary, workbook);
            }
            return tally;
        } catch (OpenXML4JException | XMLStreamException | RuntimeException e) {
            throw OpenedWorkbook.unreadable(e);
        }
    }

    /** The value of its first session, as a cell has it. */
    String value() {
        return value == null ? "" : value;
    }

    /** The rows of its data sheets. */
    long rows() {
        return rows;
    }

    private void read(String table, OpenedWorkbook workbook) throws IOException, XMLStreamException {
        List<String> names = columns.apply(table);
        boolean isNext = !sheets.isEmpty() && SheetRows.width(sheets.element(), workbook) == names.size();
        if (!isNext) {
            if (!OPTIONAL.contains(table)) {
                differences.add("there is no sheet for " + table);
            }
            return;
        }
        try (SheetRows sheet = new SheetRows(sheets, workbook)) {
            new Headings(table, head.period().zone(), differences).require(sheet.name(), sheet.headings());
            Map<String, BigDecimal> sums = new HashMap<>();
            SheetReader.Row row = sheet.next();
            while (row != null && sheet.followsOn() && !isAddedUp(row)) {
                add(table, names, row, sums);
                row = sheet.next();
            }
            List<WrittenTable.Part> parts = row == null ? sheet.parts() : sheet.partsBefore();
            WrittenTable own = new WrittenTable(Tables.empty(table), parts);
            written.put(table, own);
            DeliveredTotal total = new DeliveredTotal(names, sums::get, own);
            for (; row != null; row = sheet.next()) {
                if (!row.isEmptyFrom(0) && !DeliveredWorkbook.isNote(row, table) && !total.is(row)) {
                    differences.addRow("row " + row.number() + " of the sheet '" + sheet.name() + "' is not expected");
                }
            }
            sheet.disguises().forEach(differences::add);
        }
    }

    private void add(String table, List<String> names, SheetReader.Row row, Map<String, BigDecimal> sums) {
        rows++;
        List<String> cells = IntStream.range(
                        0, Math.max(names.size(), row.cells().size()))
                .mapToObj(column ->
                        column < names.size() ? DeliveredCell.ofSheet(names.get(column), row.cell(column)) : "more")
                .toList();
        figures.add(table, column -> cells.get(names.indexOf(column)));
        names.stream()
                .filter(DeliveredCell::isNumber)
                .forEach(column ->
                        sums.merge(column, DeliveredCell.figure(cells.get(names.indexOf(column))), BigDecimal::add));
        if (DeliveredShares.isCompared(table, by)) {
            tally.addRow(table, cells);
        }
        if (DeliveredShares.isSummed(table)) {
            IntStream.range(0, names.size())
                    .filter(column -> DeliveredShares.isFigure(names.get(column)))
                    .forEach(column ->
                            tally.addFigure(table, names.get(column), DeliveredCell.figure(cells.get(column))));
        }
        if (value == null && table.equals("sessions")) {
            value = cells.get(names.indexOf(by.code()));
        }
    }

    /** Of data, no number is a formula. */
    private static boolean isAddedUp(SheetReader.Row row) {
        return row.filled().values().stream()
                .anyMatch(cell -> cell.type() == SheetReader.Type.NUMBER && cell.formula() != null);
    }
}
