package dev.billingexport.session;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One session as the API lists it. Instants are UTC, cut to milliseconds; text is exactly what was sent; a field that
 * was null or missing is null. Two listings of an unchanged session are equal, so a difference means that it changed.
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

    /** The time from the first to the last of its dates, moments it was written at included; zero where it has only one. */
    public Duration length() {
        List<Instant> dates = Stream.of(transDate, connectDt, disconnectDt)
                .flatMap(Stream::ofNullable)
                .sorted()
                .toList();
        return dates.isEmpty() ? Duration.ZERO : Duration.between(dates.get(0), dates.get(dates.size() - 1));
    }

    /**
     * The instant that places the session in a window: its {@code trans_date}, or where that is missing the next best
     * of its dates; null where it has none.
     */
    public @Nullable Instant date() {
        if (transDate != null) {
            return transDate;
        }
        return connectDt != null ? connectDt : disconnectDt;
    }
}
