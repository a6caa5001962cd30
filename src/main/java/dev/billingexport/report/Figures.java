package dev.billingexport.report;

import dev.billingexport.session.Period;
import dev.billingexport.session.Problem;
import dev.billingexport.session.SessionDetails;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is added up over a period, in one pass.
 *
 * @param findings how many there are of each kind, where there are any
 * @param charges null where nothing is rated
 * @param problems parts of sessions that could not be collected
 * @param amendments null where there is no earlier revision
 */
record Figures(
        UsageSummary usage,
        Rhythm rhythm,
        Map<Finding.Kind, Long> findings,
        @Nullable Charges charges,
        long problems,
        @Nullable Amendments amendments) {

    /** The same with what they change in an earlier revision. */
    Figures amending(@Nullable Amendments changes) {
        return new Figures(usage, rhythm, findings, charges, problems, changes);
    }

    /** Whether there is nothing to look at before a bill goes out. */
    boolean isUnsuspicious() {
        return problems == 0 && findings.isEmpty() && (amendments == null || amendments.isEmpty());
    }

    static Figures of(ReportData data, Period period, Reconciliation reconciliation, @Nullable Rating rating) {
        UsageSummary usage = new UsageSummary(period);
        Rhythm rhythm = new Rhythm(period.zone());
        Map<Finding.Kind, Long> findings = new EnumMap<>(Finding.Kind.class);
        Charges charges = rating == null ? null : new Charges(rating);
        try (Stream<SessionDetails> sessions = data.details();
                Stream<Problem> problems = data.problems()) {
            sessions.forEachOrdered(details -> {
                usage.add(details.session(), details.usage());
                Instant date = details.session().date();
                if (date != null) {
                    rhythm.add(date);
                }
                reconciliation.findings(details).forEach(finding -> findings.merge(finding.kind(), 1L, Long::sum));
                if (charges != null) {
                    charges.add(details);
                }
            });
            return new Figures(usage, rhythm, findings, charges, problems.count(), null);
        }
    }
}
