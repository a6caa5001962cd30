package dev.billingexport.report.table;

import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Recording;
import dev.billingexport.session.Session;
import dev.billingexport.session.SessionDetails;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares each session's stated duration with its times and its call details.
 *
 * @param end of the period, exclusive
 * @param tolerance largest difference that is not a finding
 */
public record Reconciliation(Instant end, Duration tolerance) {

    private static final BigDecimal MILLIS_OF_MINUTE = BigDecimal.valueOf(60_000);
    private static final BigDecimal MILLIS_OF_SECOND = BigDecimal.valueOf(1_000);
    private static final int DECIMALS = 3;
    /** Findings that are held in memory while they are sorted: a few dozen megabytes. */
    private static final int BATCH = 50_000;

    /**
     * Returns the findings of one session, the worst kind first.
     *
     * @param repeated the repeated ids of the whole period
     */
    List<Finding> findings(SessionDetails details, RepeatedCallLogIds repeated) {
        Session session = details.session();
        List<Finding> findings = new ArrayList<>();
        for (Finding.Kind kind : Finding.Kind.values()) {
            BigDecimal weight = weight(kind, details, repeated);
            if (weight != null) {
                findings.add(new Finding(
                        kind,
                        details.number(),
                        session,
                        rounded(length(session.connectDt(), session.disconnectDt())),
                        details.usage().callDetailMinutes(),
                        rounded(span(details.callDetails())),
                        times(kind, details),
                        weight));
            }
        }
        return findings;
    }

    /** Returns the explanation of the findings and of their order. */
    List<String> words(Wording wording) {
        List<String> words = new ArrayList<>();
        words.add(wording.text("reconciliation.order"));
        for (Finding.Kind kind : Finding.Kind.values()) {
            words.add(wording.word("finding-name", kind.code()) + ": " + name(kind, wording));
        }
        words.add(wording.text("reconciliation.minutes"));
        return words;
    }

    String name(Finding.Kind kind, Wording wording) {
        BigDecimal allowed = minutes(BigDecimal.valueOf(tolerance.toMillis()));
        return wording.text("finding." + kind.code(), wording.number(allowed, 0, DECIMALS));
    }

    /** Returns the minutes by which the session violates the rule; null where it doesn't or can't be checked. */
    private @Nullable BigDecimal weight(Finding.Kind kind, SessionDetails details, RepeatedCallLogIds repeated) {
        Session session = details.session();
        BigDecimal stated = Objects.requireNonNullElse(session.duration(), BigDecimal.ZERO);
        return switch (kind) {
            case IMPOSSIBLE_TIMES ->
                beyond(backwards(details).flatMap(Span::length).map(Duration::negated), Duration.ZERO);
            case NEGATIVE_FIGURES -> negative(details);
            case DUPLICATE_CALL_DETAIL -> duplicate(repeated.among(details.callDetails()));
            case STATED_DIFFERS -> statedDiffers(session);
            case CALL_DETAIL_OUTSIDE ->
                beyond(calls(details).flatMap(call -> call.beyond(Span.of(session))), tolerance);
            case NO_CALL_DETAILS ->
                details.callDetailsFetched() && details.callDetails().isEmpty() ? stated : null;
            case NOT_ENDED -> session.disconnectDt() == null ? stated : null;
            case ENDS_AFTER_PERIOD -> beyond(Span.between(end, session.disconnectDt()), Duration.ZERO);
        };
    }

    /** Returns the largest negative time, in minutes; zero where only a size is negative. */
    private static @Nullable BigDecimal negative(SessionDetails details) {
        List<Recording> recordings = details.recordings();
        Stream<BigDecimal> minutes = Stream.concat(
                Stream.ofNullable(details.session().duration()),
                details.callDetails().stream().map(CallDetail::duration).filter(Objects::nonNull));
        Stream<BigDecimal> played = recordings.stream()
                .map(Recording::playTime)
                .filter(Objects::nonNull)
                .map(seconds -> minutes(seconds.multiply(MILLIS_OF_SECOND)));
        BigDecimal least = Stream.concat(minutes, played).reduce(BigDecimal.ZERO, BigDecimal::min);
        boolean sizeBelowZero =
                recordings.stream().map(Recording::bytes).anyMatch(size -> size != null && size.signum() < 0);
        return least.signum() < 0 || sizeBelowZero ? least.negate() : null;
    }

    private static @Nullable BigDecimal duplicate(List<CallDetail> repeated) {
        return repeated.isEmpty()
                ? null
                : repeated.stream()
                        .flatMap(detail -> Stream.ofNullable(detail.duration()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private @Nullable BigDecimal statedDiffers(Session session) {
        Duration connected = length(session.connectDt(), session.disconnectDt());
        if (session.duration() == null || connected == null) {
            return null;
        }
        BigDecimal difference = session.duration()
                .multiply(MILLIS_OF_MINUTE)
                .subtract(BigDecimal.valueOf(connected.toMillis()))
                .abs();
        return difference.compareTo(BigDecimal.valueOf(tolerance.toMillis())) > 0 ? minutes(difference) : null;
    }

    private static Stream<Span> calls(SessionDetails details) {
        return details.callDetails().stream().map(Span::of);
    }

    /** Returns the spans that end before they begin. */
    private static Stream<Span> backwards(SessionDetails details) {
        return Stream.concat(Stream.of(Span.of(details.session())), calls(details))
                .filter(span -> span.length().anyMatch(Duration::isNegative));
    }

    private static @Nullable Span times(Finding.Kind kind, SessionDetails details) {
        Span own = Span.of(details.session());
        return switch (kind) {
            case IMPOSSIBLE_TIMES -> furthest(backwards(details), Span::length, Comparator.reverseOrder());
            case CALL_DETAIL_OUTSIDE -> furthest(calls(details), call -> call.beyond(own), Comparator.naturalOrder());
            case STATED_DIFFERS, NOT_ENDED, ENDS_AFTER_PERIOD -> own;
            case NEGATIVE_FIGURES, DUPLICATE_CALL_DETAIL, NO_CALL_DETAILS -> null;
        };
    }

    private static @Nullable Span furthest(
            Stream<Span> spans, Function<Span, Stream<Duration>> lengths, Comparator<Duration> order) {
        return spans.max(Comparator.comparing(
                        span -> lengths.apply(span).max(order).orElse(null), Comparator.nullsFirst(order)))
                .orElse(null);
    }

    /** Returns the longest of the lengths above the limit, in minutes; null where there is none. */
    private static @Nullable BigDecimal beyond(Stream<Duration> lengths, Duration limit) {
        return lengths.filter(length -> length.compareTo(limit) > 0)
                .max(Duration::compareTo)
                .map(length -> minutes(BigDecimal.valueOf(length.toMillis())))
                .orElse(null);
    }

    private static @Nullable Duration span(List<CallDetail> calls) {
        Instant first = calls.stream()
                .map(CallDetail::connectDt)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
        Instant last = calls.stream()
                .map(CallDetail::disconnectDt)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
        return length(first, last);
    }

    private static @Nullable Duration length(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null ? null : Duration.between(from, to);
    }

    private static @Nullable BigDecimal rounded(@Nullable Duration length) {
        return length == null ? null : minutes(BigDecimal.valueOf(length.toMillis()));
    }

    private static BigDecimal minutes(BigDecimal millis) {
        return millis.divide(MILLIS_OF_MINUTE, DECIMALS, RoundingMode.HALF_UP);
    }

    /**
     * Returns all findings, the worst first, in exact order even if they exceed the memory. Each batch takes a pass of
     * its own; a month with few findings takes one.
     */
    static Stream<Finding> worstFirst(Supplier<Stream<Finding>> findings) {
        return Stream.iterate(
                        worst(findings, null),
                        batch -> !batch.isEmpty(),
                        batch -> batch.size() < BATCH ? List.of() : worst(findings, batch.get(BATCH - 1)))
                .flatMap(List::stream);
    }

    private static List<Finding> worst(Supplier<Stream<Finding>> findings, @Nullable Finding after) {
        PriorityQueue<Finding> mildestFirst = new PriorityQueue<>(Finding.WORST_FIRST.reversed());
        try (Stream<Finding> stream = findings.get()) {
            stream.filter(finding -> after == null || Finding.WORST_FIRST.compare(after, finding) < 0)
                    .forEachOrdered(finding -> {
                        mildestFirst.add(finding);
                        if (mildestFirst.size() > BATCH) {
                            mildestFirst.remove();
                        }
                    });
        }
        return mildestFirst.stream().sorted(Finding.WORST_FIRST).toList();
    }
}
