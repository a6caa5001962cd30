package dev.billingexport.report.xlsx;

import dev.billingexport.report.table.Alerts;
import dev.billingexport.report.table.Wording;
import java.math.BigDecimal;
import java.util.Map;

/** Coloured lines about what to check before a bill is sent; one plain line where there is nothing. */
record SummaryAlerts(SummarySheet sheet, SummaryStyles styles, Wording wording, Map<String, WrittenTable> tables) {

    /** Writes from a row on and returns the row after the last. */
    int write(int first, Alerts alerts) {
        int next = first;
        SheetRow heading = sheet.row(next++, 20);
        heading.text(wording.text("summary.attention"), styles.section);
        if (alerts.isEmpty()) {
            sheet.row(next++, 17).text(wording.text("summary.none"), styles.plain.text);
            return next;
        }
        for (Alerts.Observation warning : alerts.warnings()) {
            sheet.merged(next++, 17, 0, 4, styles.danger).text(warning.fact(), styles.danger);
            sheet.row(next++, 17).text(warning.advice(), styles.plain.alarm);
        }
        heading.skipTo(4).text(wording.text("summary.check"), styles.checkHeader);
        if (alerts.problems() != null) {
            write(next++, alerts.problems(), styles.danger, styles.dangerCount);
            sheet.row(next++, 17).text(wording.text("summary.incomplete"), styles.plain.alarm);
        }
        if (alerts.texts() != null) {
            write(next++, alerts.texts(), styles.warning, styles.warningCount);
        }
        if (!alerts.unknown().isEmpty()) {
            sheet.merged(next++, 17, 0, 4, styles.danger).text(alerts.unknown(), styles.danger);
        }
        for (Alerts.Count change : alerts.changes()) {
            write(next++, change, styles.warning, styles.warningCount);
        }
        for (Alerts.Count finding : alerts.findings()) {
            write(next++, finding, styles.warning, styles.warningCount);
        }
        return next;
    }

    private void write(int row, Alerts.Count count, Style style, Style number) {
        BigDecimal value = BigDecimal.valueOf(count.count());
        SheetRow cells = sheet.merged(row, 17, 0, 2, style);
        cells.text(count.label(), style);
        cells.skipTo(3).number(value, number, number);
        Alerts.Rows rows = count.rows();
        WrittenTable table = rows == null ? null : tables.get(rows.table());
        if (rows != null && table != null) {
            String formula =
                    rows.word() == null ? table.count(rows.column()) : table.countOf(rows.column(), rows.word());
            cells.formula(formula, value, styles.checkWhole);
        }
    }
}
