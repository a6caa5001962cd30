package dev.billingexport.session;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One session as the API lists it. Instants are truncated to milliseconds; text is exactly what was sent; a field that
 * was null or missing is null. Two listings of an unchanged session are equal, so any difference means that the session
 * changed.
 *
 * @param sessionId the vendor's id, never blank
 * @param transDate the session's date, which decides the period that it is billed in
 * @param duration total video minutes used in the session, with the digits that were sent
 * @param appType the application whose listing holds the session
 */
public record Session(
        String sessionId,
        @Nullable String meetingId,
        @Nullable String roomId,
        @Nullable String userId,
        @Nullable String userName,
        @Nullable Instant transDate,
        @Nullable Instant connectDt,
        @Nullable Instant disconnectDt,
        @Nullable BigDecimal duration,
        AppType appType) {

    /** One year. A larger duration is an error. */
    private static final BigDecimal MAX_STATED =
            BigDecimal.valueOf(Duration.ofDays(365).toMinutes());

    /**
     * Returns the time from the earliest to the latest of its dates. Where the start or the end is missing, at least
     * its stated minutes. Zero where nothing is known.
     */
    public Duration length() {
        List<Instant> dates = Stream.of(transDate, connectDt, disconnectDt)
                .flatMap(Stream::ofNullable)
                .sorted()
                .toList();
        Duration dated = dates.isEmpty() ? Duration.ZERO : Duration.between(dates.get(0), dates.get(dates.size() - 1));
        Duration stated = hasBothEnds() ? Duration.ZERO : stated();
        return stated.compareTo(dated) > 0 ? stated : dated;
    }

    /** Returns whether both start and end are present. */
    public boolean hasBothEnds() {
        return connectDt != null && disconnectDt != null;
    }

    /** The stated minutes may exceed the session's length, because they are those of all participants. */
    private Duration stated() {
        if (duration == null || duration.signum() <= 0) {
            return Duration.ZERO;
        }
        return Duration.ofMinutes(
                duration.setScale(0, RoundingMode.UP).min(MAX_STATED).longValue());
    }

    /**
     * Returns the instant that assigns the session to a window: {@code trans_date}, or where that is missing the next
     * best of its dates; null where it has none.
     */
    public @Nullable Instant date() {
        if (transDate != null) {
            return transDate;
        }
        return connectDt != null ? connectDt : disconnectDt;
    }
}
