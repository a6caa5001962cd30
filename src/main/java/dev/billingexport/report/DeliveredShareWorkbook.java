package dev.billingexport.report;

import dev.billingexport.session.Filter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.xml.stream.XMLStreamException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

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
    private final Deque<SheetRows.Sheet> sheets = new ArrayDeque<>();
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
        try (OPCPackage archive = DeliveredWorkbook.open(file)) {
            XSSFReader workbook = new XSSFReader(archive);
            Concealment.find(archive, workbook, differences);
            sheets.addAll(SheetRows.sheets(workbook));
            SheetRows.Sheet summary = sheets.poll();
            for (String table : TABLES) {
                read(table, workbook);
            }
            new DeliveredSummary(head, figures).compare(summary, workbook, differences);
            sheets.forEach(sheet -> differences.add("the sheet '" + sheet.name() + "' is not expected"));
            return tally;
        } catch (OpenXML4JException | SAXException | XMLStreamException | RuntimeException e) {
            throw new DeliveredCsv.UnreadableException("it is no workbook: " + e.getMessage());
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

    private void read(String table, XSSFReader workbook)
            throws IOException, OpenXML4JException, SAXException, XMLStreamException {
        List<String> names = columns.apply(table);
        boolean isNext = !sheets.isEmpty() && SheetRows.width(sheets.element(), workbook) == names.size();
        if (!isNext) {
            if (!OPTIONAL.contains(table)) {
                differences.add("there is no sheet for " + table);
            }
            return;
        }
        try (SheetRows sheet = new SheetRows(sheets, workbook)) {
            boolean past = false;
            int last = 1;
            for (SheetReader.Row row = sheet.next(); row != null; row = sheet.next()) {
                int before = sheet.isFirst() ? 1 : last;
                past = past || row.number() > before + 1 || isTotal(row);
                last = row.number();
                if (!past) {
                    add(table, names, row);
                } else if (!isTotal(row) && !row.isEmptyFrom(1)) {
                    differences.addRow("row " + row.number() + " of the sheet '" + sheet.name() + "' is not expected");
                }
            }
            sheet.concealed().forEach(differences::add);
        }
    }

    private void add(String table, List<String> names, SheetReader.Row row) {
        rows++;
        List<String> cells = IntStream.range(
                        0, Math.max(names.size(), row.cells().size()))
                .mapToObj(column ->
                        column < names.size() ? DeliveredCell.ofSheet(names.get(column), row.cell(column)) : "more")
                .toList();
        figures.add(table, column -> cells.get(names.indexOf(column)));
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

    private static boolean isTotal(SheetReader.Row row) {
        return row.cells().stream()
                .anyMatch(cell -> cell != null
                        && cell.formula() != null
                        && DeliveredWorkbook.SUM.matcher(cell.formula()).matches());
    }
}
