package dev.billingexport.report.table;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What should be checked before a bill is sent.
 *
 * @param isEmpty whether there is nothing to check
 * @param problems null where all was collected
 * @param texts recordings with a text in place of a number; null where there are none
 * @param unknown says that the changes against an earlier revision can't be determined; else empty
 * @param changes sessions that differ from an earlier revision, by kind of change
 * @param findings sessions by kind of finding, the worst first
 */
public record Alerts(
        boolean isEmpty,
        List<Observation> warnings,
        @Nullable Count problems,
        @Nullable Count texts,
        String unknown,
        List<Count> changes,
        List<Count> findings) {

    /** A sentence about the whole period, and what to do about it. */
    public record Observation(String fact, String advice) {}

    /** @param rows the rows that are counted; null where no table has them */
    public record Count(String label, long count, @Nullable Rows rows) {}

    /**
     * Some rows of a table.
     *
     * @param column the column that tells them from others
     * @param word its value as people read it; null for any
     */
    public record Rows(
            String table, String column, @Nullable String word) {}

    static Alerts of(ReportHead head, Figures figures, Reconciliation reconciliation, Wording wording) {
        Amendments amendments = figures.amendments();
        List<Observation> warnings = Warning.of(head, figures.usage()).stream()
                .map(warning -> new Observation(warning.fact(head, figures.usage(), wording), warning.advice(wording)))
                .toList();
        List<Count> findings = figures.findings().entrySet().stream()
                .map(finding -> new Count(
                        reconciliation.name(finding.getKey(), wording),
                        finding.getValue(),
                        new Rows(
                                TableNames.RECONCILIATION,
                                "finding",
                                wording.word("finding-name", finding.getKey().code()))))
                .toList();
        return new Alerts(
                warnings.isEmpty()
                        && figures.problems() == 0
                        && figures.texts() == 0
                        && findings.isEmpty()
                        && (amendments == null || amendments.isEmpty()),
                warnings,
                some(wording.text("summary.problems"), figures.problems(), new Rows(TableNames.PROBLEMS, "part", null)),
                some(wording.text("summary.texts"), figures.texts(), null),
                amendments instanceof Amendments.Unknown ? amendments.sentence(wording) : "",
                amendments instanceof Amendments.Known known ? changes(known, wording) : List.of(),
                findings);
    }

    private static @Nullable Count some(String label, long count, @Nullable Rows rows) {
        return count == 0 ? null : new Count(label, count, rows);
    }

    private static List<Count> changes(Amendments.Known amendments, Wording wording) {
        return Stream.of(Amendment.Change.values())
                .filter(change -> amendments.count(change) > 0)
                .map(change -> new Count(
                        amendments.name(change, wording),
                        amendments.count(change),
                        new Rows(TableNames.AMENDMENTS, "change", wording.word("change", change.code()))))
                .toList();
    }
}
