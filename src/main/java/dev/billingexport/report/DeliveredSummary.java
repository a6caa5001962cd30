package dev.billingexport.report;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

/**
 * The Summary sheet of a delivered workbook, compared with what its tables add up to. Words are translated, so a figure is
 * known by its row's place: the key figures, then those by application and in all, then the counts of what somebody has to
 * look at. The figures behind the charts, below, are looked for among all that a chart can show.
 */
final class DeliveredSummary {

    private static final String SUM = "(SUM|SUMIF|COUNTA|COUNTIF)\\([^()*/^&]*\\)";

    /** Over other sheets, or whether such a one gives what stands above it. */
    private static final Pattern FORMULA = Pattern.compile(SUM + "(\\+" + SUM + ")*"
            + "|IF\\(AND\\((ABS\\([A-Z]+\\d+-[A-Z]+\\d+\\)<0\\.0005,?)+\\),\"\u2713\",\"\u2260\"\\)");

    /** The digits to which sums of a spreadsheet's numbers are those of exact ones. */
    private static final int DIGITS = 12;

    private final Deque<List<BigDecimal>> expected = new ArrayDeque<>();
    private final NavigableSet<BigDecimal> charted;
    private final Set<String> words;
    private List<BigDecimal> above = List.of();

    /**
     * To be used once.
     *
     * @param head what the sheet has to be about
     * @param tally of the tables behind it
     */
    DeliveredSummary(ReportHead head, SummaryTally tally) {
        // What a cell can't hold is a text there.
        tally.rows(head.appTypes()).stream()
                .map(row -> row.stream().filter(SheetRow::isExact).toList())
                .filter(row -> !row.isEmpty())
                .forEach(expected::add);
        this.charted = new TreeSet<>(tally.charted());
        this.words = new TreeSet<>(Set.of(head.export(), head.period().label(), Integer.toString(head.revision())));
    }

    void compare(SheetRows.@Nullable Sheet sheet, XSSFReader workbook, Differences differences)
            throws IOException, OpenXML4JException, SAXException, XMLStreamException {
        if (sheet == null) {
            differences.add("it has no sheets");
            return;
        }
        String where = "the sheet '" + sheet.name() + "'";
        try (InputStream stream = sheet.part().getInputStream()) {
            SheetReader rows = new SheetReader(stream, workbook.getSharedStringsTable());
            for (SheetReader.Row row = rows.next(); row != null; row = rows.next()) {
                compare(row, where, differences);
            }
            rows.hidden().forEach(each -> differences.add(each + " of " + where + " is hidden"));
        }
        words.forEach(word -> differences.add(where + " doesn't say '" + word + "'"));
        expected.forEach(row -> differences.add(where + " lacks " + shown(row)));
    }

    private void compare(SheetReader.Row row, String where, Differences differences) {
        List<BigDecimal> figures = new ArrayList<>();
        List<BigDecimal> confirmed = new ArrayList<>();
        for (int column = 0; column < row.cells().size(); column++) {
            SheetReader.Cell cell = row.cell(column);
            if (cell == null || cell.value().isEmpty()) {
                continue;
            }
            if (cell.formula() != null && !FORMULA.matcher(cell.formula()).matches()) {
                differences.addRow(where + " has the formula " + cell.formula() + " in "
                        + CellReference.convertNumToColString(column) + row.number());
            }
            if (cell.type() == SheetReader.Type.NUMBER) {
                (cell.formula() == null ? figures : confirmed).add(new BigDecimal(cell.value()));
            } else {
                words.removeIf(word -> says(cell.value(), word));
            }
        }
        if (!figures.isEmpty()) {
            compare(figures, row.number(), where, differences);
        }
        if (!confirmed.stream().allMatch(each -> above.stream().anyMatch(figure -> isAbout(each, figure)))) {
            differences.addRow("row " + row.number() + " of " + where + " has " + shown(confirmed)
                    + ", the figures are " + shown(above));
        }
    }

    private void compare(List<BigDecimal> figures, int row, String where, Differences differences) {
        if (expected.isEmpty()) {
            figures.stream()
                    .filter(figure -> charted.subSet(
                                    figure.subtract(room(figure)), true, figure.add(room(figure)), true)
                            .isEmpty())
                    .forEach(figure -> differences.addRow("row " + row + " of " + where + " has "
                            + shown(List.of(figure)) + ", which no CSV file gives"));
            return;
        }
        above = expected.remove();
        boolean same = figures.size() == above.size();
        for (int i = 0; same && i < figures.size(); i++) {
            same = isAbout(figures.get(i), above.get(i));
        }
        if (!same) {
            differences.addRow(
                    "row " + row + " of " + where + " has " + shown(figures) + ", the CSV files give " + shown(above));
        }
    }

    /** Whether it stands for itself: the first day begins with the period's label. */
    private static boolean says(String text, String word) {
        return text.matches("(.* )?" + Pattern.quote(word) + "(:.*)?");
    }

    private static boolean isAbout(BigDecimal one, BigDecimal other) {
        return one.subtract(other).abs().compareTo(room(one)) <= 0;
    }

    private static BigDecimal room(BigDecimal figure) {
        return figure.abs().max(BigDecimal.ONE).movePointLeft(DIGITS);
    }

    private static String shown(List<BigDecimal> figures) {
        return figures.stream()
                .map(figure -> figure.stripTrailingZeros().toPlainString())
                .collect(Collectors.joining(" | "));
    }
}
