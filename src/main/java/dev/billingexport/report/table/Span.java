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
 * @param callDetail what names the call detail; null where it is the session's own
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

    /** Its length, below zero where it ends before it begins; empty where an end is not known. */
    Stream<Duration> length() {
        return between(connect, disconnect);
    }

    /** By how much it begins before another one, and by how much it ends after it; below zero where it does not. */
    Stream<Duration> beyond(Span other) {
        return Stream.concat(between(connect, other.connect), between(other.disconnect, disconnect));
    }

    /** The time from one moment to another; empty where one of them is not known. */
    static Stream<Duration> between(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null ? Stream.empty() : Stream.of(Duration.between(from, to));
    }
}
