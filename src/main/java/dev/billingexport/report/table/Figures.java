package dev.billingexport.report.table;

import dev.billingexport.report.rating.Charges;
import dev.billingexport.report.rating.Tariff;
import dev.billingexport.session.Period;
import dev.billingexport.session.Problem;
import dev.billingexport.session.Recording;
import dev.billingexport.session.SessionDetails;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is added up over a period, in one pass.
 *
 * @param findings how many there are of each kind, where there are any
 * @param texts recordings with words in place of a number that nobody bills
 * @param repeated the call details that have their id in common
 * @param rated null where nothing is
 * @param problems parts of sessions that could not be collected
 * @param amendments null where there is no earlier revision
 */
public record Figures(
        UsageSummary usage,
        Rhythm rhythm,
        Map<Finding.Kind, Long> findings,
        long texts,
        RepeatedCallLogIds repeated,
        @Nullable Rated rated,
        long problems,
        @Nullable Amendments amendments) {

    /** The same with what they change in an earlier revision. */
    public Figures amending(@Nullable Amendments changes) {
        return new Figures(usage, rhythm, findings, texts, repeated, rated, problems, changes);
    }

    /** Whether there is nothing to look at before a bill goes out. */
    public boolean isUnsuspicious() {
        return problems == 0 && texts == 0 && findings.isEmpty() && (amendments == null || amendments.isEmpty());
    }

    /** Of all sessions of a period; in a second pass where call details share an id. */
    public static Figures of(ReportData data, Period period, Reconciliation reconciliation, @Nullable Tariff tariff) {
        CallLogIds ids = new CallLogIds();
        Charges charges = tariff == null ? null : new Charges(tariff);
        Figures figures = of(data, period, reconciliation, RepeatedCallLogIds.NONE, details -> {
            ids.add(details.callDetails());
            if (charges != null) {
                charges.add(details);
            }
        });
        if (charges != null) {
            figures = figures.rated(Rated.of(charges, data));
        }
        RepeatedCallLogIds repeated = ids.repeated();
        return repeated.isEmpty() ? figures : figures.with(repeated, data);
    }

    /**
     * Of a share of the sessions.
     *
     * @param whole the figures of all sessions
     */
    public static Figures ofShare(ReportData data, Period period, Reconciliation reconciliation, Figures whole) {
        return of(data, period, reconciliation, whole.repeated, details -> {});
    }

    private static Figures of(
            ReportData data,
            Period period,
            Reconciliation reconciliation,
            RepeatedCallLogIds repeated,
            Consumer<SessionDetails> others) {
        UsageSummary usage = new UsageSummary(period);
        Rhythm rhythm = new Rhythm(period.zone());
        Map<Finding.Kind, Long> findings = new EnumMap<>(Finding.Kind.class);
        AtomicLong texts = new AtomicLong();
        try (Stream<SessionDetails> sessions = data.details();
                Stream<Problem> problems = data.problems()) {
            sessions.forEachOrdered(details -> {
                usage.add(details.session(), details.usage());
                Instant date = details.session().date();
                if (date != null) {
                    rhythm.add(date);
                }
                reconciliation
                        .findings(details, repeated)
                        .forEach(finding -> findings.merge(finding.kind(), 1L, Long::sum));
                texts.addAndGet(
                        details.recordings().stream().filter(Recording::hasText).count());
                others.accept(details);
            });
            return new Figures(usage, rhythm, findings, texts.get(), repeated, null, problems.count(), null);
        }
    }

    /** The same with what it costs. */
    public Figures rated(@Nullable Rated costs) {
        return new Figures(usage, rhythm, findings, texts, repeated, costs, problems, amendments);
    }

    private Figures with(RepeatedCallLogIds found, ReportData data) {
        Map<Finding.Kind, Long> all = new EnumMap<>(Finding.Kind.class);
        all.putAll(findings);
        try (Stream<SessionDetails> sessions = data.details()) {
            long count = sessions.filter(
                            details -> !found.among(details.callDetails()).isEmpty())
                    .count();
            all.put(Finding.Kind.DUPLICATE_CALL_DETAIL, count);
        }
        return new Figures(usage, rhythm, all, texts, found, rated, problems, amendments);
    }
}
