package dev.billingexport.report.xlsx;

import dev.billingexport.report.table.KeyFigure;
import dev.billingexport.report.table.Summary;
import dev.billingexport.report.table.Sums;
import dev.billingexport.report.table.TableNames;
import dev.billingexport.report.table.Wording;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.ComparisonOperator;
import org.apache.poi.ss.usermodel.ConditionalFormattingRule;
import org.apache.poi.ss.usermodel.SheetConditionalFormatting;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellReference;
import org.jspecify.annotations.Nullable;

/** The figures by application as values. Below each figure, a formula over the data sheets computes the same value. */
record SummaryFigures(
        SummarySheet sheet, SummaryStyles styles, Summary summary, Wording wording, Map<String, WrittenTable> tables) {

    private static final String AGREES = "\u2713";
    /** Shown where a formula's value differs from the figure, which must never happen. */
    private static final String DIFFERS = "\u2260";

    /** The origin of a figure: a table, and the column to add up; rows are counted where the column is null. */
    private record Source(String table, @Nullable String column) {

        String formula(Map<String, WrittenTable> tables) {
            WrittenTable rows = Objects.requireNonNull(tables.get(table));
            return column == null ? rows.count("session_id") : rows.sum(column);
        }

        /** @param application its name on the sheets */
        String formula(Map<String, WrittenTable> tables, String application) {
            WrittenTable rows = Objects.requireNonNull(tables.get(table));
            return column == null ? rows.countOf("app_type", application) : rows.sumOf(column, "app_type", application);
        }
    }

    private static final Map<String, Source> SOURCES = Map.of(
            "sessions", new Source(TableNames.SESSIONS, null),
            "session_minutes", new Source(TableNames.SESSIONS, "duration"),
            "call_details", new Source(TableNames.CALL_DETAILS, null),
            "call_detail_minutes", new Source(TableNames.CALL_DETAILS, "duration"),
            "recordings", new Source(TableNames.RECORDINGS, null),
            "recorded_seconds", new Source(TableNames.RECORDINGS, "play_time"),
            "recorded_bytes", new Source(TableNames.RECORDINGS, "file_size"));

    /** Returns the formulas that confirm a figure: one for each application, and one for all of them. */
    private List<String> formulas(KeyFigure figure) {
        List<String> applications = summary.applications();
        if (figure.currency() != null) {
            WrittenTable charges =
                    Objects.requireNonNull(tables.get(TableNames.CHARGES), "amounts are sums of charges");
            String code = figure.currency().getCurrencyCode();
            return withTotal(
                    applications.stream().map(application -> charges.amounts(application, code)),
                    charges.sumOf("amount", "currency", code));
        }
        Source source = Objects.requireNonNull(SOURCES.get(figure.name()));
        return withTotal(
                applications.stream().map(application -> source.formula(tables, application)), source.formula(tables));
    }

    private static List<String> withTotal(Stream<String> applications, String total) {
        return Stream.concat(applications, Stream.of(total)).toList();
    }

    /**
     * Returns a formula that tells whether figures and formulas agree.
     *
     * @param row the row above the formulas, from 1
     * @param places positions of the figures that have a formula, from 0
     */
    static String agreement(int row, Collection<Integer> places) {
        return places.stream()
                .map(place -> CellReference.convertNumToColString(place + 1))
                .map(column -> "ABS(" + column + row + "-" + column + (row + 1) + ")<0.0005")
                .collect(Collectors.joining(",", "IF(AND(", "),\"" + AGREES + "\",\"" + DIFFERS + "\")"));
    }

    /** Writes from a row on and returns the row after the last. */
    int write(int first) {
        int next = first;
        SheetRow header = sheet.row(next++, 24);
        header.text(wording.text("summary.figures"), styles.ruled.header);
        summary.applications().forEach(application -> header.text(application, styles.ruled.numberHeader));
        header.text(wording.text("total"), styles.ruled.numberHeader);
        header.text(wording.text("summary.agrees"), styles.ruled.header);
        for (KeyFigure figure : summary.keyFigures()) {
            if (figure.name().equals(TableNames.USERS)) {
                writeUnchecked(next++, figure);
            } else {
                write(next, figure);
                next += 2;
            }
        }
        if (summary.hasMinimum()) {
            sheet.row(next++, 14).text(wording.text("summary.minimum"), styles.plain.label);
        }
        markDifferences(first, next);
        return next;
    }

    private void writeUnchecked(int row, KeyFigure figure) {
        SheetRow cells = sheet.row(row, 17);
        cells.text(figure.label(), styles.ruled.label);
        figure.values().forEach(cells::integer);
        cells.text("", styles.agrees);
    }

    private void write(int row, KeyFigure figure) {
        Style style = style(figure);
        Style checkStyle = checkStyle(figure);
        SheetRow cells = sheet.row(row, 17);
        cells.text(figure.label(), styles.plain.label);
        SheetRow check = sheet.row(row + 1, 13);
        check.text(wording.text("summary.check"), styles.checkLabel);
        List<String> formulas = formulas(figure);
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < figure.values().size(); i++) {
            BigDecimal value = figure.values().get(i);
            cells.number(value, style, styles.plain.numberText);
            if (SheetRow.isExact(value)) {
                check.formula(formulas.get(i), value, checkStyle);
                places.add(i);
            } else {
                check.skip();
            }
        }
        if (!places.isEmpty()) {
            check.formula(agreement(row + 1, places), AGREES, styles.agrees);
        }
    }

    private Style style(KeyFigure figure) {
        if (figure.currency() != null) {
            return styles.plain.amount(figure.currency());
        }
        return isWhole(figure) ? styles.plain.integer : styles.plain.decimal;
    }

    private Style checkStyle(KeyFigure figure) {
        if (figure.currency() != null) {
            return styles.checkAmount(figure.currency());
        }
        return isWhole(figure) ? styles.checkWhole : styles.check;
    }

    private static boolean isWhole(KeyFigure figure) {
        return !figure.isDecimal() && Sums.isWhole(figure.total());
    }

    private void markDifferences(int first, int next) {
        // Right of the label, the applications and the total.
        int column = summary.applications().size() + 2;
        SheetConditionalFormatting formatting = sheet.sheet().getSheetConditionalFormatting();
        ConditionalFormattingRule rule =
                formatting.createConditionalFormattingRule(ComparisonOperator.EQUAL, "\"" + DIFFERS + "\"");
        rule.createPatternFormatting().setFillBackgroundColor(Styles.ALARM);
        formatting.addConditionalFormatting(
                new CellRangeAddress[] {new CellRangeAddress(first, next - 1, column, column)}, rule);
    }
}
