package dev.billingexport.report;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.stream.XMLStreamException;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.ss.util.CellReference;
import org.jspecify.annotations.Nullable;

/**
 * A delivered workbook, compared with the CSV files cell by cell. Sheets are known by their order, for their names are
 * translated: the {@linkplain DeliveredSummary summary}, then a table each, which goes on in sheets whose names end with
 * {@code (2)} and so on. Below the rows there may be one of totals, which must be the sums of all rows, and notes, which
 * have a line of space before them and one text each. Anything else that no CSV file has is a difference.
 */
final class DeliveredWorkbook {

    /** Left out of the workbook where they have no rows. */
    private static final Set<String> OPTIONAL = Set.of("reconciliation", "charges", "amendments", "problems");

    /** The worst come first on its sheet. */
    private static final Set<String> IN_ANOTHER_ORDER = Set.of("reconciliation");

    /** Have notes below them. */
    private static final Set<String> NOTED = Set.of("reconciliation", "charges", "amendments");

    private final Path file;
    private final ReportHead head;
    private final SummaryTally tally;
    private final Differences differences;
    private final Deque<OpenedWorkbook.Sheet> sheets = new ArrayDeque<>();
    private final Map<String, WrittenTable> written = new HashMap<>();
    private long rows;

    /** @param tally of the CSV files */
    DeliveredWorkbook(Path file, ReportHead head, SummaryTally tally, Differences differences) {
        this.file = file;
        this.head = head;
        this.tally = tally;
        this.differences = differences;
    }

    /** A CSV file and what was found in it. */
    record Table(DeliveredCsv csv, DeliveredCsv.Sums sums) {}

    /** Compares all of it and returns the rows of its data sheets. */
    long compare(List<Table> tables) throws IOException {
        try (OpenedWorkbook workbook = OpenedWorkbook.open(file)) {
            Concealment.find(file, workbook, differences);
            sheets.addAll(workbook.sheets());
            OpenedWorkbook.Sheet summary = sheets.poll();
            for (Table table : tables) {
                compare(table, workbook);
            }
            for (OpenedWorkbook.Sheet sheet : sheets) {
                differences.add("the sheet '" + sheet.name() + "' is not in any CSV file");
            }
            if (written.keySet().containsAll(DeliveredReport.ALWAYS)) {
                new DeliveredSummary(head, tally, written, differences).compare(summary, workbook);
            }
            return rows;
        } catch (OpenXML4JException | XMLStreamException | RuntimeException e) {
            throw OpenedWorkbook.unreadable(e);
        }
    }

    private void compare(Table table, OpenedWorkbook workbook) throws IOException, XMLStreamException {
        int width = table.sums().columns().size();
        String name = table.csv().name();
        boolean mayLack =
                table.sums().rows() == 0 && OPTIONAL.contains(table.csv().table());
        if (sheets.isEmpty()) {
            if (!mayLack) {
                differences.add("there is no sheet for " + name);
            }
            return;
        }
        if (mayLack && SheetRows.width(sheets.element(), workbook) != width) {
            return;
        }
        try (SheetRows sheet = new SheetRows(sheets, workbook);
                CSVParser csv = table.csv().open()) {
            new Headings(table.csv().table(), head.period().zone(), differences)
                    .require(sheet.name(), sheet.headings());
            if (sheet.headings().size() != width) {
                differences.add("the sheet '" + sheet.name() + "' has "
                        + sheet.headings().size() + " columns, " + name + " has " + width);
            } else if (IN_ANOTHER_ORDER.contains(table.csv().table())) {
                compareInAnyOrder(table.sums(), csv, sheet, name);
            } else {
                compareInOrder(table.sums(), csv, sheet, name);
            }
            WrittenTable own = new WrittenTable(Tables.empty(table.csv().table()), sheet.parts());
            written.put(table.csv().table(), own);
            comparePast(table.sums(), own, sheet, name);
        }
    }

    private void compareInOrder(DeliveredCsv.Sums sums, CSVParser csv, SheetRows sheet, String name)
            throws XMLStreamException, IOException {
        for (CSVRecord expected : csv) {
            SheetReader.Row row = sheet.next();
            if (row == null) {
                differences.add(
                        "the sheet '" + sheet.name() + "' ends before row " + csv.getRecordNumber() + " of " + name);
                return;
            }
            rows++;
            if (!sheet.followsOn()) {
                differences.addRow(
                        "row " + row.number() + " of the sheet '" + sheet.name() + "' is far from the one above");
            }
            for (int column = 0; column < expected.size(); column++) {
                String heading = sums.columns().get(column);
                String inCsv = DeliveredCell.ofCsv(heading, expected.get(column));
                String inSheet = DeliveredCell.ofSheet(heading, row.cell(column));
                if (!inCsv.equals(inSheet)) {
                    differences.addRow("'" + sheet.name() + "'!" + CellReference.convertNumToColString(column)
                            + row.number() + " (" + heading + ") is '" + shown(heading, inSheet) + "', in row "
                            + csv.getRecordNumber() + " of " + name + " '" + shown(heading, inCsv) + "'");
                }
            }
            if (!row.isEmptyFrom(expected.size())) {
                differences.addRow("'" + sheet.name() + "' has cells right of the last column in row " + row.number());
            }
        }
    }

    /** Sums up what is in each row: the sums are equal where the rows are, whatever their order. */
    private void compareInAnyOrder(DeliveredCsv.Sums sums, CSVParser csv, SheetRows sheet, String name)
            throws XMLStreamException, IOException {
        BigInteger inCsv = BigInteger.ZERO;
        BigInteger inSheet = BigInteger.ZERO;
        List<String> columns = sums.columns();
        for (CSVRecord expected : csv) {
            inCsv = inCsv.add(digest(IntStream.range(0, columns.size())
                    .mapToObj(column -> DeliveredCell.ofCsv(columns.get(column), expected.get(column)))
                    .collect(Collectors.toList())));
            SheetReader.Row row = sheet.next();
            if (row != null) {
                rows++;
                List<String> cells = IntStream.range(0, columns.size())
                        .mapToObj(column -> DeliveredCell.ofSheet(columns.get(column), row.cell(column)))
                        .collect(Collectors.toList());
                if (!row.isEmptyFrom(columns.size())) {
                    cells.add("more");
                }
                inSheet = inSheet.add(digest(cells));
            }
        }
        if (!inCsv.equals(inSheet)) {
            differences.add("the sheet '" + sheet.name() + "' has other rows than " + name);
        }
    }

    /** What is below the rows: nothing, or a total and notes. */
    private void comparePast(DeliveredCsv.Sums sums, WrittenTable own, SheetRows sheet, String name)
            throws XMLStreamException, IOException {
        DeliveredTotal total = new DeliveredTotal(sums.columns(), sums::of, own);
        boolean mayTotal = own.table().extras().total();
        boolean spaced = false;
        DeliveredBreakdown breakdown = new DeliveredBreakdown(sums);
        for (SheetReader.Row row = sheet.next(); row != null; row = sheet.next()) {
            spaced = spaced || !sheet.followsOn();
            if (row.isEmptyFrom(0)) {
                spaced = true;
            } else if (mayTotal && !spaced && total.is(row)) {
                mayTotal = false;
            } else if (!(spaced && (isNote(row, own.table().name()) || breakdown.takes(row)))) {
                rows++;
                differences.addRow("row " + row.number() + " of the sheet '" + sheet.name() + "' is not in " + name);
            }
        }
        if (mayTotal && sums.rows() > 0) {
            differences.add("the sheet '" + sheet.name() + "' lacks its total");
        }
        if (!breakdown.addsUp()) {
            differences.add("the difference per user on the sheet '" + sheet.name() + "' does not add up to " + name);
        }
        sheet.disguises().forEach(differences::add);
    }

    /** Whether a row is one of the lines that a table may have below it. */
    static boolean isNote(SheetReader.Row row, String table) {
        return NOTED.contains(table) && row.isEmptyFrom(1) && isLabel(row.cell(0));
    }

    static boolean isLabel(SheetReader.@Nullable Cell cell) {
        return cell != null && cell.type() == SheetReader.Type.TEXT && cell.formula() == null;
    }

    private static BigInteger digest(List<String> cells) {
        return new BigInteger(1, Sha256.digest().digest(cells.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static String shown(String column, String form) {
        String value =
                DeliveredCell.isNumber(column) && form.endsWith(".0") ? form.substring(0, form.length() - 2) : form;
        return value.length() <= 80 ? value : value.substring(0, 80) + "…";
    }
}
