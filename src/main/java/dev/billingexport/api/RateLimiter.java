package dev.billingexport.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the next request may start. All times are in nanoseconds of one {@link Ticker}, which the caller reads.
 * Thread-safe, but {@link #turn} is called by one thread at a time.
 */
interface RateLimiter {

    /** Returns whether requests may start without a turn. */
    boolean unbounded(long now);

    /**
     * Takes a turn and returns when its request may start. If a {@linkplain #paused pause} is known by that time, the
     * caller must take another turn.
     *
     * @param ready how many requests could start now, this one included
     */
    long turn(long now, int ready);

    /** Returns whether all requests must wait because the API asked for a pause. */
    boolean paused(long now);

    /** Records an answer that is not a refusal for too many requests. */
    void accepted(long now);

    /**
     * Records a refusal for too many requests. A request that started before the last decrease of the rate doesn't
     * decrease it again.
     *
     * @param started when the request started
     * @param wish how long the API asks to wait, null where it doesn't say
     */
    void refused(long started, long now, @Nullable Duration wish);
}
