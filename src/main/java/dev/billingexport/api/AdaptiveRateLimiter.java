package dev.billingexport.api;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * When the next request may start: additive increase, multiplicative decrease of a rate. There is none until the API
 * refuses requests for there being too many. Then it falls to what the API was seen to accept, or by a fixed share if
 * that is less of a fall, and {@linkplain RateRamp climbs} again. Requests are spread evenly, since an API that takes 300 a
 * second rarely takes 300 at once.
 *
 * <p>Our own, because this is a control loop: a library's rate limiter keeps a rate that it is given. Keeps no time
 * either; every time is in nanoseconds of one {@link Ticker}. Thread-safe.
 */
final class AdaptiveRateLimiter {

    private static final double DECREASE = 0.85;

    /** For refusals soon after a decrease: it was far too small. */
    private static final double STEEP_DECREASE = 0.5;

    private static final long SOON = 500_000_000L;

    /** A little less than the limit at first, so that the API's allowance for bursts recovers. */
    private static final double RELIEF = 0.95;

    private static final double SLOWEST = 1;

    /** Refusals further apart than this many accepted requests are accidents: they don't go away when we slow down. */
    private static final long LONE = 15;

    /** A ramp ends in a refusal. Where that costs everybody a pause, climbs are longer, so that pauses cost some 3 %. */
    private static final double CLIMB_PER_PAUSE = 30;

    /** Below this the rate is still looking for its level, and a longer ramp would only take longer to get there. */
    private static final long SETTLED = 2_000_000_000L;

    /** Turns that nobody was there to take may be made up for if they are no older: at a ceiling, just our own lateness. */
    private static final long SLACK = 20_000_000L;

    private static final long SLACK_AT_CEILING = 1_000_000L;

    private final double ceiling;
    private final long slack;
    private final Throughput throughput = new Throughput();
    private final AtomicLong next = new AtomicLong();
    private volatile RateRamp ramp = RateRamp.unbounded();
    private volatile long pausedUntil;
    private long decreased = -1;
    private long acceptedAtRefusal = -LONE - 1;

    /** @param maxPerSecond null for no ceiling */
    AdaptiveRateLimiter(@Nullable Double maxPerSecond) {
        ceiling = maxPerSecond == null ? Double.POSITIVE_INFINITY : maxPerSecond;
        slack = maxPerSecond == null ? SLACK : SLACK_AT_CEILING;
    }

    /** Whether requests may start as they come. */
    boolean unbounded(long now) {
        return now >= pausedUntil && rate(now) == Double.POSITIVE_INFINITY;
    }

    /** Takes a turn: when that request may start, unless a {@linkplain #paused pause} began before. */
    long turn(long now) {
        double rate = rate(now);
        long gap = rate == Double.POSITIVE_INFINITY ? 0 : (long) (1e9 / rate);
        long turn = next.updateAndGet(before -> Math.max(Math.max(before, now - slack), pausedUntil) + gap) - gap;
        return Math.max(turn, now);
    }

    /** Whether everybody is to wait, for the API asked somebody to. */
    boolean paused(long now) {
        return now < pausedUntil;
    }

    /** Told of each answer that is no refusal. */
    void accepted(long now) {
        throughput.accepted(now);
    }

    /**
     * Told of each refusal. Those of requests that were under way when the rate was last decreased say nothing new.
     *
     * @param started when the request did
     * @param wish how long the API wants to be left alone, null where it didn't say
     */
    synchronized void refused(long started, long now, @Nullable Duration wish) {
        if (wish != null) {
            pausedUntil = Math.max(pausedUntil, now + wish.toNanos());
        }
        if (started < decreased) {
            return;
        }
        long acceptedBefore = acceptedAtRefusal;
        acceptedAtRefusal = throughput.total();
        if (wish != null || acceptedAtRefusal - acceptedBefore <= LONE) {
            decrease(now);
        }
    }

    private void decrease(long now) {
        long climbed = now - ramp.start();
        long pause = Math.max(0, pausedUntil - now);
        double rate = rate(now);
        double kept = throughput.perSecond(now);
        boolean stretched = false;
        if (rate < Double.POSITIVE_INFINITY) {
            // At two refusals the allowance was used up: what was accepted in between is the limit itself.
            kept = Math.min(rate, Math.max(kept, rate * (climbed < SOON ? STEEP_DECREASE : DECREASE)));
            stretched = climbed > SETTLED;
        }
        double stretch = stretched ? Math.max(1, CLIMB_PER_PAUSE * pause / 1e9) : 1;
        ramp = new RateRamp(Math.max(kept * RELIEF, SLOWEST), now + pause, stretch);
        throughput.restart(now);
        decreased = now;
    }

    /** Requests a second that may start now. */
    double rate(long now) {
        return Math.min(ramp.rate(now), ceiling);
    }
}
