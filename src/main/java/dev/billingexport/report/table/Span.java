package dev.billingexport.report.table;

import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The time from a connect to its disconnect.
 *
 * @param callDetail name of the call detail; null for the session itself
 */
record Span(
        @Nullable String callDetail,
        @Nullable Instant connect,
        @Nullable Instant disconnect) {

    static Span of(Session session) {
        return new Span(null, session.connectDt(), session.disconnectDt());
    }

    static Span of(CallDetail call) {
        String name = Stream.of(call.callLogId(), call.callNum())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
        return new Span(name, call.connectDt(), call.disconnectDt());
    }

    /** Returns its length, negative where it ends before it begins; empty where an end is unknown. */
    Stream<Duration> length() {
        return between(connect, disconnect);
    }

    /** Returns by how much it begins before another span and ends after it; negative where it doesn't. */
    Stream<Duration> beyond(Span other) {
        return Stream.concat(between(connect, other.connect), between(other.disconnect, disconnect));
    }

    /** Returns the time between two points; empty where one is unknown. */
    static Stream<Duration> between(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null ? Stream.empty() : Stream.of(Duration.between(from, to));
    }
}
