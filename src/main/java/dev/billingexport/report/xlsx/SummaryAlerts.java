package dev.billingexport.report.xlsx;

import dev.billingexport.report.table.Amendment;
import dev.billingexport.report.table.Amendments;
import dev.billingexport.report.table.Figures;
import dev.billingexport.report.table.Finding;
import dev.billingexport.report.table.Reconciliation;
import dev.billingexport.report.table.ReportHead;
import dev.billingexport.report.table.Warning;
import dev.billingexport.report.table.Wording;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.CellStyle;
import org.jspecify.annotations.Nullable;

/** Coloured lines about what to check before a bill is sent; one plain line where there is nothing. */
record SummaryAlerts(
        SummarySheet sheet, SummaryStyles styles, ReportHead head, Wording wording, Reconciliation reconciliation) {

    /** Writes from a row on and returns the row after the last. */
    int write(int first, Figures figures, Map<String, WrittenTable> tables) {
        int next = first;
        SheetRow heading = sheet.row(next++, 20);
        heading.text(wording.text("summary.attention"), styles.section);
        Amendments amendments = figures.amendments();
        List<Warning> warnings = Warning.of(head, figures.usage());
        if (figures.isUnsuspicious() && warnings.isEmpty()) {
            sheet.row(next++, 17).text(wording.text("summary.none"), styles.plain.text);
            return next;
        }
        for (Warning warning : warnings) {
            sheet.merged(next++, 17, 0, 4, styles.danger)
                    .text(warning.fact(head, figures.usage(), wording), styles.danger);
            sheet.row(next++, 17).text(warning.advice(wording), styles.plain.alarm);
        }
        heading.skipTo(4).text(wording.text("summary.check"), styles.checkHeader);
        if (figures.problems() > 0) {
            WrittenTable rows = tables.get("problems");
            write(
                    next++,
                    wording.text("summary.problems"),
                    figures.problems(),
                    rows == null ? null : rows.count("part"),
                    styles.danger,
                    styles.dangerCount);
            sheet.row(next++, 17).text(wording.text("summary.incomplete"), styles.plain.alarm);
        }
        if (figures.texts() > 0) {
            write(next++, wording.text("summary.texts"), figures.texts(), null, styles.warning, styles.warningCount);
        }
        if (amendments != null) {
            next = write(next, amendments, tables.get("amendments"));
        }
        for (Map.Entry<Finding.Kind, Long> finding : figures.findings().entrySet()) {
            Finding.Kind kind = finding.getKey();
            WrittenTable rows = tables.get("reconciliation");
            write(
                    next++,
                    reconciliation.name(kind, wording),
                    finding.getValue(),
                    rows == null ? null : rows.countOf("finding", wording.word("finding-name", kind.code())),
                    styles.warning,
                    styles.warningCount);
        }
        return next;
    }

    private int write(int first, Amendments amendments, @Nullable WrittenTable rows) {
        if (!(amendments instanceof Amendments.Known known)) {
            sheet.merged(first, 17, 0, 4, styles.danger).text(amendments.sentence(wording), styles.danger);
            return first + 1;
        }
        int next = first;
        for (Amendment.Change change : Amendment.Change.values()) {
            long count = known.count(change);
            if (count > 0) {
                write(
                        next++,
                        known.name(change, wording),
                        count,
                        rows == null ? null : rows.countOf("change", wording.word("change", change.code())),
                        styles.warning,
                        styles.warningCount);
            }
        }
        return next;
    }

    private void write(int row, String what, long count, @Nullable String formula, CellStyle style, CellStyle number) {
        SheetRow cells = sheet.merged(row, 17, 0, 2, style);
        cells.text(what, style);
        cells.skipTo(3).number(BigDecimal.valueOf(count), number, number);
        if (formula != null) {
            cells.formula(formula, BigDecimal.valueOf(count), styles.checkWhole);
        }
    }
}
