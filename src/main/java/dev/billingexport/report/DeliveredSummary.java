package dev.billingexport.report;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import org.apache.poi.ss.util.CellAddress;
import org.apache.poi.ss.util.CellRangeAddress;
import org.jspecify.annotations.Nullable;

/**
 * The Summary sheet of a delivered workbook, compared with what its tables add up to. Words are translated, so a figure is
 * known by its row's place: the key figures, then those by application and in all, then the counts of what somebody has to
 * look at; below them, column by column, what charts show.
 */
final class DeliveredSummary {

    private final Deque<SummaryTally.Line> expected;
    private final Map<Integer, Deque<BigDecimal>> charted;
    private final Set<String> words;
    private final Differences differences;
    private final int agreementColumn;
    private final List<CellAddress> filled = new ArrayList<>();
    private String where = "the first sheet";
    private List<BigDecimal> above = List.of();
    private List<String> formulas = List.of();
    private List<Integer> exact = List.of();

    /**
     * To be used once.
     *
     * @param head what the sheet has to be about
     * @param tally of the tables behind it
     * @param tables where their rows are
     */
    DeliveredSummary(ReportHead head, SummaryTally tally, Map<String, WrittenTable> tables, Differences differences) {
        this.expected = new ArrayDeque<>(tally.lines(head.appTypes(), tables));
        this.charted = tally.charted(head);
        this.words = new TreeSet<>(Set.of(head.export(), head.period().label()));
        this.agreementColumn = SummaryFigures.agreementColumn(head);
        this.differences = differences;
    }

    void compare(OpenedWorkbook.@Nullable Sheet sheet, OpenedWorkbook workbook) throws IOException, XMLStreamException {
        if (sheet == null) {
            differences.add("it has no sheets");
            return;
        }
        where = "the sheet '" + sheet.name() + "'";
        try (InputStream stream = sheet.part().getInputStream()) {
            SheetReader rows = workbook.rows(stream);
            for (SheetReader.Row row = rows.next(); row != null; row = rows.next()) {
                compare(row);
            }
            findDisguises(rows.disguise());
        }
        words.forEach(word -> differences.add(where + " doesn't say '" + word + "'"));
        expected.stream()
                .filter(line -> line.figures().stream().anyMatch(SheetRow::isExact))
                .forEach(line -> differences.add(where + " lacks " + shown(line.figures())));
        charted.values().stream()
                .filter(figures -> !figures.isEmpty())
                .forEach(figures -> differences.add(where + " lacks what a chart shows: " + shown(figures)));
    }

    private void findDisguises(SheetDisguise disguise) {
        disguise.found().forEach(each -> differences.add(each + " on " + where));
        for (CellRangeAddress one : disguise.merged()) {
            if (filled.stream().anyMatch(cell -> one.isInRange(cell) && !isFirst(cell, one))) {
                differences.add("cells are covered on " + where + ": " + one.formatAsString() + " are one");
            }
        }
    }

    private static boolean isFirst(CellAddress cell, CellRangeAddress range) {
        return cell.getRow() == range.getFirstRow() && cell.getColumn() == range.getFirstColumn();
    }

    private void compare(SheetReader.Row row) {
        Map<Integer, SheetReader.Cell> cells = row.filled();
        cells.keySet().forEach(column -> filled.add(new CellAddress(row.number() - 1, column)));
        Map<Integer, BigDecimal> figures = figures(cells, false);
        if (!figures.isEmpty()) {
            compare(row.number(), figures);
        }
        compareFormulas(row.number(), cells);
        cells.values().stream()
                .filter(cell -> cell.type() != SheetReader.Type.NUMBER)
                .forEach(cell -> words.removeIf(word -> says(cell.value(), word)));
        cells.values().stream()
                .filter(cell -> cell.type() == SheetReader.Type.NUMBER && cell.look() != Looks.Kind.NUMBER)
                .forEach(cell -> differences.addRow(
                        "row " + row.number() + " of " + where + " shows " + cell.value() + " as a " + cell.look()));
        SheetReader.Cell agreement = cells.get(agreementColumn);
        if (agreement != null && agreement.value().equals(SummaryFigures.DIFFERS)) {
            differences.addRow("row " + row.number() + " of " + where + " says that its figures differ");
        }
    }

    private static Map<Integer, BigDecimal> figures(Map<Integer, SheetReader.Cell> cells, boolean formulas) {
        return cells.entrySet().stream()
                .filter(cell -> cell.getValue().type() == SheetReader.Type.NUMBER
                        && (cell.getValue().formula() != null) == formulas)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, cell -> cell.getValue().number(), (one, other) -> one, TreeMap::new));
    }

    private void compare(int row, Map<Integer, BigDecimal> figures) {
        while (!expected.isEmpty()) {
            SummaryTally.Line line = expected.remove();
            // What a cell can't hold is a text there.
            exact = IntStream.range(0, line.figures().size())
                    .filter(place -> SheetRow.isExact(line.figures().get(place)))
                    .boxed()
                    .toList();
            if (!exact.isEmpty()) {
                above = exact.stream().map(line.figures()::get).toList();
                formulas = line.formulas().isEmpty()
                        ? List.of()
                        : exact.stream().map(line.formulas()::get).toList();
                require(row, List.copyOf(figures.values()), above);
                return;
            }
        }
        figures.forEach((column, figure) -> {
            Deque<BigDecimal> shown = charted.getOrDefault(column, new ArrayDeque<>());
            require(row, List.of(figure), shown.isEmpty() ? List.of() : List.of(shown.remove()));
        });
    }

    /** What confirms the figures above, or a count beside it. */
    private void compareFormulas(int row, Map<Integer, SheetReader.Cell> cells) {
        Map<Integer, BigDecimal> confirmed = figures(cells, true);
        if (!confirmed.isEmpty()) {
            require(row, List.copyOf(confirmed.values()), above);
        }
        List<String> found = cells.values().stream()
                .map(SheetReader.Cell::formula)
                .flatMap(formula -> formula == null ? Stream.of() : Stream.of(formula))
                .toList();
        List<String> allowed = new ArrayList<>(formulas);
        allowed.add(SummaryFigures.agreement(row - 1, exact));
        found.stream()
                .filter(formula -> !allowed.contains(formula))
                .forEach(formula -> differences.addRow("row " + row + " of " + where + " has the formula " + formula));
    }

    private void require(int row, List<BigDecimal> figures, List<BigDecimal> figuresOfFiles) {
        boolean same = figures.size() == figuresOfFiles.size()
                && IntStream.range(0, figures.size())
                        .allMatch(i -> DeliveredCell.isAbout(figures.get(i), figuresOfFiles.get(i)));
        if (!same) {
            differences.addRow("row " + row + " of " + where + " has " + shown(figures) + ", the CSV files give "
                    + shown(figuresOfFiles));
        }
    }

    /** Whether it stands for itself: the first day begins with the period's label. */
    private static boolean says(String text, String word) {
        return text.matches("(?s)(.* )?" + Pattern.quote(word) + "(:.*)?");
    }

    private static String shown(Iterable<BigDecimal> figures) {
        List<String> texts = new ArrayList<>();
        figures.forEach(figure -> texts.add(figure.stripTrailingZeros().toPlainString()));
        return texts.isEmpty() ? "none" : String.join(" | ", texts);
    }
}
