package dev.billingexport.job;

import dev.billingexport.session.Period;
import dev.billingexport.session.Window;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The session dates that a window's listing is asked for. Both are null where the API knows no date filter.
 *
 * @param from earliest, inclusive
 * @param to latest, inclusive
 */
record AskedRange(@Nullable Instant from, @Nullable Instant to) {

    /** Whatever the API has. */
    static final AskedRange EVERYTHING = new AskedRange(null, null);

    /** Nobody knows whether the ends are inclusive. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    /**
     * What a window misses because the API filters by another date, its neighbour lists. Beyond the period's ends there is
     * no neighbour.
     */
    private static final Duration BEYOND_PERIOD = Duration.ofDays(1);

    /**
     * A day wider than the period at its two ends, whatever is known, for the length of a window must not decide what is
     * found.
     *
     * @param reach how far a session's {@code trans_date} can be from the date that the API filters by; zero if it is that
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

    /** How far outside a date lies; zero for one that was asked for. */
    Duration distance(Instant date) {
        if (from != null && date.isBefore(from)) {
            return Duration.between(date, from);
        }
        return to != null && date.isAfter(to) ? Duration.between(to, date) : Duration.ZERO;
    }
}
