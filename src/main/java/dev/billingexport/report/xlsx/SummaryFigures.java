package dev.billingexport.report.xlsx;

import dev.billingexport.report.rating.ChargeTotals;
import dev.billingexport.report.rating.Item;
import dev.billingexport.report.table.Column;
import dev.billingexport.report.table.Figures;
import dev.billingexport.report.table.Rated;
import dev.billingexport.report.table.ReportHead;
import dev.billingexport.report.table.Sums;
import dev.billingexport.report.table.Tables;
import dev.billingexport.report.table.UsageSummary;
import dev.billingexport.report.table.Wording;
import dev.billingexport.session.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.ComparisonOperator;
import org.apache.poi.ss.usermodel.ConditionalFormattingRule;
import org.apache.poi.ss.usermodel.SheetConditionalFormatting;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellReference;
import org.jspecify.annotations.Nullable;

/** The figures by application as values. Below each figure, a formula over the data sheets computes the same value. */
record SummaryFigures(SummarySheet sheet, SummaryStyles styles, ReportHead head, Wording wording) {

    private static final String AGREES = "\u2713";
    /** Shown where a formula's value differs from the figure, which must never happen. */
    private static final String DIFFERS = "\u2260";

    /** The origin of a figure: a table, and the column to add up; rows are counted where the column is null. */
    private record Source(String table, String column) {

        String formula(Map<String, WrittenTable> tables) {
            WrittenTable rows = Objects.requireNonNull(tables.get(table));
            return column.isEmpty() ? rows.count("session_id") : rows.sum(column);
        }

        /** @param application its name on the sheets */
        String formula(Map<String, WrittenTable> tables, String application) {
            WrittenTable rows = Objects.requireNonNull(tables.get(table));
            return column.isEmpty() ? rows.countOf(application) : rows.sum(column, application);
        }
    }

    private static final Map<String, Source> SOURCES = Map.of(
            "sessions", new Source("sessions", ""),
            "session_minutes", new Source("sessions", "duration"),
            "call_details", new Source("call-details", ""),
            "call_detail_minutes", new Source("call-details", "duration"),
            "recordings", new Source("recordings", ""),
            "recorded_seconds", new Source("recordings", "play_time"),
            "recorded_bytes", new Source("recordings", "file_size"));

    /** Returns the formulas that confirm a figure: one for each application, and one for all of them. */
    private List<String> formulas(String figure, Map<String, WrittenTable> tables) {
        Source source = Objects.requireNonNull(SOURCES.get(figure));
        return Stream.concat(
                        head.appTypes().stream().map(appType -> source.formula(tables, wording.name(appType))),
                        Stream.of(source.formula(tables)))
                .toList();
    }

    /** Returns the formulas that confirm the charges in a currency. */
    private List<String> formulas(WrittenTable charges, Currency currency) {
        String code = currency.getCurrencyCode();
        return Stream.concat(
                        head.appTypes().stream().map(appType -> charges.amounts(wording.name(appType), code)),
                        Stream.of(charges.sumOf("amount", "currency", code)))
                .toList();
    }

    /** Returns the column after the figures: label, a column for each application, total. */
    private static int agreementColumn(ReportHead head) {
        return head.appTypes().size() + 2;
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
    int write(int first, Figures figures, Map<String, WrittenTable> tables) {
        int next = first;
        SheetRow header = sheet.row(next++, 24);
        header.text(wording.text("summary.figures"), styles.ruled.header);
        head.appTypes().forEach(appType -> header.text(wording.name(appType), styles.ruled.numberHeader));
        header.text(wording.text("total"), styles.ruled.numberHeader);
        header.text(wording.text("summary.agrees"), styles.ruled.header);
        UsageSummary usage = figures.usage();
        SheetRow users = sheet.row(next++, 17);
        users.text(wording.text("summary.users"), styles.ruled.label);
        head.appTypes().forEach(appType -> users.integer(BigDecimal.valueOf(usage.userCount(appType))));
        users.integer(BigDecimal.valueOf(usage.userCount()));
        users.text("", styles.agrees);
        for (Column<Usage> column : Tables.FIGURES) {
            List<BigDecimal> values = new ArrayList<>();
            head.appTypes().forEach(appType -> values.add(column.number(usage.usage(appType))));
            values.add(column.number(usage.total()));
            boolean whole =
                    Sums.isWhole(column.number(usage.total())) && !column.name().endsWith("minutes");
            write(
                    next,
                    wording.text("column." + column.name()),
                    values,
                    formulas(column.name(), tables),
                    whole
                            ? new Formats(styles.plain.integer, styles.checkWhole)
                            : new Formats(styles.plain.decimal, styles.check));
            next += 2;
        }
        next = writeCharges(next, figures.rated(), tables.get("charges"));
        markDifferences(first, next);
        return next;
    }

    private int writeCharges(int first, @Nullable Rated rated, @Nullable WrittenTable rows) {
        if (rated == null || rows == null) {
            return first;
        }
        int next = first;
        ChargeTotals totals = rated.totals();
        for (Currency currency : totals.currencies()) {
            List<BigDecimal> values = new ArrayList<>();
            head.appTypes().forEach(appType -> values.add(totals.of(appType).in(currency)));
            values.add(totals.total().in(currency));
            write(
                    next,
                    wording.charges(currency),
                    values,
                    formulas(rows, currency),
                    new Formats(styles.plain.amount(currency), styles.checkAmount(currency)));
            next += 2;
        }
        if (rated.rows().get().anyMatch(charge -> charge.item() == Item.MINIMUM)) {
            sheet.row(next, 14).text(wording.text("summary.minimum"), styles.plain.label);
            next++;
        }
        return next;
    }

    /** Styles of a figure and of its confirming formula. */
    private record Formats(CellStyle figure, CellStyle check) {}

    private void write(int row, String label, List<BigDecimal> values, List<String> formulas, Formats formats) {
        SheetRow figure = sheet.row(row, 17);
        figure.text(label, styles.plain.label);
        SheetRow check = sheet.row(row + 1, 13);
        check.text(wording.text("summary.check"), styles.checkLabel);
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            BigDecimal value = values.get(i);
            figure.number(value, formats.figure, styles.plain.numberText);
            if (SheetRow.isExact(value)) {
                check.formula(formulas.get(i), value, formats.check);
                places.add(i);
            } else {
                check.skip();
            }
        }
        if (!places.isEmpty()) {
            check.formula(agreement(row + 1, places), AGREES, styles.agrees);
        }
    }

    private void markDifferences(int first, int next) {
        int column = agreementColumn(head);
        SheetConditionalFormatting formatting = sheet.sheet().getSheetConditionalFormatting();
        ConditionalFormattingRule rule =
                formatting.createConditionalFormattingRule(ComparisonOperator.EQUAL, "\"" + DIFFERS + "\"");
        rule.createPatternFormatting().setFillBackgroundColor(Styles.ALARM);
        formatting.addConditionalFormatting(
                new CellRangeAddress[] {new CellRangeAddress(first, next - 1, column, column)}, rule);
    }
}
