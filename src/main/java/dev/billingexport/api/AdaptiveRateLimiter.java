package dev.billingexport.api;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the next request may start. The rate follows "additive increase, multiplicative decrease": it is
 * unlimited until the API refuses requests because there are too many. Then it falls to the rate that the API was seen
 * to accept, or by a fixed share if that is a smaller decrease, and rises again as {@link RateRamp} says. Requests are
 * spaced evenly, because an API that accepts 300 a second rarely accepts 300 at once.
 *
 * <p>Our own code, because libraries' rate limiters keep a rate that is given, whereas this one has to find it. All times are
 * in nanoseconds of one {@link Ticker}, which the caller reads. Thread-safe.
 */
final class AdaptiveRateLimiter {

    private static final double DECREASE = 0.85;

    /** For a refusal soon after a decrease: that decrease was far too small. */
    private static final double STEEP_DECREASE = 0.5;

    private static final long SOON = 500_000_000L;

    /** Starts a little below the limit, so that the API's allowance for bursts recovers. */
    private static final double RELIEF = 0.95;

    private static final double MIN_RATE = 1;

    /**
     * Refusals with more accepted requests than this between them are single faults: a lower rate would not avoid them.
     */
    private static final long LONE = 15;

    /**
     * Each ramp ends with a refusal. Where a refusal pauses every request, ramps are this many times as long as the
     * pause, so that pauses cost about 3 % of the time.
     */
    private static final double RAMP_PER_PAUSE = 30;

    /** A ramp that ended earlier than this has not found the limit yet. A longer ramp would only delay finding it. */
    private static final long SETTLED = 2_000_000_000L;

    /** How late an unused turn may still be taken. With a ceiling only our own lateness is made up for. */
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

    /** @param maxPerSecond ceiling of the rate, null for none */
    AdaptiveRateLimiter(@Nullable Double maxPerSecond) {
        ceiling = maxPerSecond == null ? Double.POSITIVE_INFINITY : maxPerSecond;
        slack = maxPerSecond == null ? SLACK : SLACK_AT_CEILING;
    }

    /** Returns whether requests may start without a turn. */
    boolean unbounded(long now) {
        return now >= pausedUntil && rate(now) == Double.POSITIVE_INFINITY;
    }

    /**
     * Takes a turn and returns when its request may start. If a {@linkplain #paused pause} begins before that time, the
     * caller must take another turn.
     */
    long turn(long now) {
        double rate = rate(now);
        long gap = rate == Double.POSITIVE_INFINITY ? 0 : (long) (1e9 / rate);
        long turn = next.updateAndGet(before -> Math.max(Math.max(before, now - slack), pausedUntil) + gap) - gap;
        return Math.max(turn, now);
    }

    /** Returns whether all requests must wait because the API asked for a pause. */
    boolean paused(long now) {
        return now < pausedUntil;
    }

    /** Records an answer that is not a refusal for too many requests. */
    void accepted(long now) {
        throughput.accepted(now);
    }

    /**
     * Records a refusal for too many requests. A request that started before the last decrease of the rate doesn't
     * decrease it again.
     *
     * @param started when the request started
     * @param wish how long the API asks to wait, null where it doesn't say
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
        long risen = now - ramp.start();
        long pause = Math.max(0, pausedUntil - now);
        double rate = rate(now);
        double kept = throughput.perSecond(now);
        boolean stretched = false;
        if (rate < Double.POSITIVE_INFINITY) {
            // The API's burst allowance is used up after a refusal, so the rate accepted between two refusals is the
            // limit.
            kept = Math.min(rate, Math.max(kept, rate * (risen < SOON ? STEEP_DECREASE : DECREASE)));
            stretched = risen > SETTLED;
        }
        double stretch = stretched ? Math.max(1, RAMP_PER_PAUSE * pause / 1e9) : 1;
        ramp = new RateRamp(Math.max(kept * RELIEF, MIN_RATE), now + pause, stretch);
        throughput.restart(now);
        decreased = now;
    }

    /** Returns the rate at which requests may start now, in requests a second; infinite without a limit. */
    double rate(long now) {
        return Math.min(ramp.rate(now), ceiling);
    }
}
