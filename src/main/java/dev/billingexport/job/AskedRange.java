package dev.billingexport.job;

import dev.billingexport.session.Period;
import dev.billingexport.session.Window;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The session dates that a window's listing is requested for. Both are null where the API knows no date filter.
 *
 * @param from earliest date, inclusive
 * @param to latest date, inclusive
 */
record AskedRange(@Nullable Instant from, @Nullable Instant to) {

    /** All sessions of the API. */
    static final AskedRange EVERYTHING = new AskedRange(null, null);

    /** It isn't documented whether the API's bounds are inclusive. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    /**
     * If the API filters by another date, a session that one window misses is listed by the next window. At the
     * period's ends there is no next window, so the range is wider.
     */
    private static final Duration BEYOND_PERIOD = Duration.ofDays(1);

    /**
     * Returns the range for a window. It always extends a day beyond the period's ends, so that the length of windows
     * doesn't decide what is found.
     *
     * @param reach how far a session's {@code trans_date} can be from the date that the API filters by; zero if they
     *     are the same
     */
    static AskedRange around(Window window, Period period, Duration reach) {
        Duration before = beyond(reach, window.start().equals(period.start()));
        Duration after = beyond(reach, window.end().equals(period.end()));
        return new AskedRange(window.start().minus(before), window.end().plus(after));
    }

    private static Duration beyond(Duration reach, boolean endOfPeriod) {
        boolean far = endOfPeriod && reach.compareTo(BEYOND_PERIOD) < 0;
        return MARGIN.plus(far ? BEYOND_PERIOD : reach);
    }

    /** Returns how far a date lies outside the range; zero for a date inside. */
    Duration distance(Instant date) {
        if (from != null && date.isBefore(from)) {
            return Duration.between(date, from);
        }
        return to != null && date.isAfter(to) ? Duration.between(to, date) : Duration.ZERO;
    }
}
