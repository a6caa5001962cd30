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
 * All sums over a period, computed in one pass.
 *
 * @param findings number of findings by kind, without zeros
 * @param texts recordings with a text in place of a number that isn't billed
 * @param repeated call details that share their id
 * @param rated null where rating is off
 * @param problems parts of sessions that could not be collected
 * @param amendments null where there is no earlier revision
 */
public record Figures(
        UsageSummary usage,
        HourlyProfile profile,
        Map<Finding.Kind, Long> findings,
        long texts,
        RepeatedCallLogIds repeated,
        @Nullable Rated rated,
        long problems,
        @Nullable Amendments amendments) {

    /** Returns the same figures with the changes against an earlier revision. */
    public Figures amending(@Nullable Amendments changes) {
        return new Figures(usage, profile, findings, texts, repeated, rated, problems, changes);
    }

    /** Computes the figures of all sessions of a period. Makes a second pass if call details share an id. */
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
     * Computes the figures of one split.
     *
     * @param whole figures of all sessions
     */
    public static Figures ofSplit(ReportData data, Period period, Reconciliation reconciliation, Figures whole) {
        return of(data, period, reconciliation, whole.repeated, details -> {});
    }

    private static Figures of(
            ReportData data,
            Period period,
            Reconciliation reconciliation,
            RepeatedCallLogIds repeated,
            Consumer<SessionDetails> others) {
        UsageSummary usage = new UsageSummary(period);
        HourlyProfile profile = new HourlyProfile(period.zone());
        Map<Finding.Kind, Long> findings = new EnumMap<>(Finding.Kind.class);
        AtomicLong texts = new AtomicLong();
        try (Stream<SessionDetails> sessions = data.details();
                Stream<Problem> problems = data.problems()) {
            sessions.forEachOrdered(details -> {
                usage.add(details.session(), details.usage());
                Instant date = details.session().date();
                if (date != null) {
                    profile.add(date);
                }
                reconciliation
                        .findings(details, repeated)
                        .forEach(finding -> findings.merge(finding.kind(), 1L, Long::sum));
                texts.addAndGet(
                        details.recordings().stream().filter(Recording::hasText).count());
                others.accept(details);
            });
            return new Figures(usage, profile, findings, texts.get(), repeated, null, problems.count(), null);
        }
    }

    /** Returns the same figures with charges. */
    public Figures rated(@Nullable Rated costs) {
        return new Figures(usage, profile, findings, texts, repeated, costs, problems, amendments);
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
        return new Figures(usage, profile, all, texts, found, rated, problems, amendments);
    }
}
