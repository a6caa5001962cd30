package dev.billingexport.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.stream.XMLStreamException;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

/**
 * A delivered workbook, compared with the CSV files cell by cell. Sheets are known by their order, for their names are
 * translated: the {@linkplain DeliveredSummary summary}, then a table each, which goes on in sheets whose names end with {@code (2)} and so on. Below
 * the rows there may be one of totals, which must be the sums of all rows, and notes, which have a line of space before
 * them and one text each. Anything else that no CSV file has is a difference.
 */
final class DeliveredWorkbook {

    /** Left out of the workbook where they have no rows. */
    private static final Set<String> OPTIONAL = Set.of("reconciliation", "charges", "amendments", "problems");

    /** The worst come first on its sheet. */
    private static final Set<String> IN_ANOTHER_ORDER = Set.of("reconciliation");

    static final Pattern SUM = Pattern.compile("(SUM|SUBTOTAL)\\([\\p{L}0-9 '!:,()+$.]*\\)");

    /** A month of much the same rows shrinks to less than the hundredth that POI takes for an attack. */
    private static final double MOST_SHRUNK = 0.0005;

    private final Path file;
    private final DeliveredSummary summary;
    private final Differences differences;
    private final Deque<SheetRows.Sheet> sheets = new ArrayDeque<>();
    private long rows;

    DeliveredWorkbook(Path file, DeliveredSummary summary, Differences differences) {
        this.file = file;
        this.summary = summary;
        this.differences = differences;
    }

    /** A CSV file and what was found in it. */
    record Table(DeliveredCsv csv, DeliveredCsv.Sums sums) {}

    /** To be closed. */
    static OPCPackage open(Path file) throws OpenXML4JException {
        ZipSecureFile.setMinInflateRatio(MOST_SHRUNK);
        return OPCPackage.open(file.toFile(), PackageAccess.READ);
    }

    /** Compares all of it and returns the rows of its data sheets. */
    long compare(List<Table> tables) throws IOException {
        try (OPCPackage archive = open(file)) {
            XSSFReader workbook = new XSSFReader(archive);
            Concealment.find(archive, workbook, differences);
            sheets.addAll(SheetRows.sheets(workbook));
            summary.compare(sheets.poll(), workbook, differences);
            for (Table table : tables) {
                compare(table, workbook);
            }
            for (SheetRows.Sheet sheet : sheets) {
                differences.add("the sheet '" + sheet.name() + "' is not in any CSV file");
            }
            return rows;
        } catch (OpenXML4JException | SAXException | XMLStreamException | RuntimeException e) {
            throw new DeliveredCsv.UnreadableException("it is no workbook: " + e.getMessage());
        }
    }

    private void compare(Table table, XSSFReader workbook)
            throws IOException, OpenXML4JException, SAXException, XMLStreamException {
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
            if (sheet.width() != width) {
                differences.add("the sheet '" + sheet.name() + "' has " + sheet.width() + " columns, " + name + " has "
                        + width);
            } else if (IN_ANOTHER_ORDER.contains(table.csv().table())) {
                compareInAnyOrder(table.sums(), csv, sheet, name);
            } else {
                compareInOrder(table.sums(), csv, sheet, name);
            }
            comparePast(table.sums(), sheet, name);
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

    /** What is below the rows: nothing, or totals and notes. */
    private void comparePast(DeliveredCsv.Sums sums, SheetRows sheet, String name)
            throws XMLStreamException, IOException {
        boolean mayTotal = true;
        boolean spaced = false;
        int last = sheet.lastNumber();
        DeliveredBreakdown breakdown = new DeliveredBreakdown(sums);
        for (SheetReader.Row row = sheet.next(); row != null; row = sheet.next()) {
            // A sheet of their own begins with its heading.
            int before = sheet.isFirst() ? 1 : last;
            spaced = spaced || row.number() > before + 1;
            last = row.number();
            if (row.isEmptyFrom(0)) {
                spaced = true;
            } else if (mayTotal && !spaced && isTotal(row, sums)) {
                mayTotal = false;
            } else if (!(spaced && (isNote(row) || breakdown.takes(row)))) {
                rows++;
                differences.addRow("row " + row.number() + " of the sheet '" + sheet.name() + "' is not in " + name);
            }
        }
        if (!breakdown.addsUp()) {
            differences.add("the difference per user on the sheet '" + sheet.name() + "' does not add up to " + name);
        }
        sheet.concealed().forEach(differences::add);
    }

    private static boolean isTotal(SheetReader.Row row, DeliveredCsv.Sums sums) {
        int figures = 0;
        for (int column = 1; column < row.cells().size(); column++) {
            SheetReader.Cell cell = row.cell(column);
            if (cell == null || cell.value().isEmpty()) {
                continue;
            }
            BigDecimal sum =
                    column < sums.columns().size() ? sums.of(sums.columns().get(column)) : null;
            boolean plain =
                    cell.formula() == null || SUM.matcher(cell.formula()).matches();
            if (sum == null || cell.type() != SheetReader.Type.NUMBER || !plain || !isAbout(cell.value(), sum)) {
                return false;
            }
            figures++;
        }
        return figures > 0 && isLabel(row.cell(0));
    }

    private static boolean isNote(SheetReader.Row row) {
        return row.isEmptyFrom(1) && isLabel(row.cell(0));
    }

    static boolean isLabel(SheetReader.@Nullable Cell cell) {
        return cell != null && cell.type() == SheetReader.Type.TEXT && cell.formula() == null;
    }

    private static boolean isAbout(String value, BigDecimal sum) {
        return Double.parseDouble(value) == sum.doubleValue();
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
