package dev.billingexport.api;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Finds and keeps the rate of one process. Requests are spaced evenly, because an API that accepts 300 a second rarely
 * accepts 300 at once. Takes no lock while the rate is unlimited.
 */
final class AdaptiveRateLimiter implements RateLimiter {

    /** How late an unused turn may still be taken. With a ceiling only our own lateness is made up for. */
    private static final long SLACK = 20_000_000L;

    private static final long SLACK_AT_CEILING = 1_000_000L;

    private final double ceiling;
    private final long slack;
    private final LongAdder accepted = new LongAdder();
    private final AtomicLong next = new AtomicLong();
    private volatile FoundRate found = FoundRate.unlimited(0, 0);

    /** @param maxPerSecond ceiling of the rate, null for none */
    AdaptiveRateLimiter(@Nullable Double maxPerSecond) {
        ceiling = maxPerSecond == null ? Double.POSITIVE_INFINITY : maxPerSecond;
        slack = maxPerSecond == null ? SLACK : SLACK_AT_CEILING;
    }

    @Override
    public boolean unbounded(long now) {
        FoundRate known = found;
        return !known.paused(now) && rate(known, now) == Double.POSITIVE_INFINITY;
    }

    @Override
    public long turn(long now, int ready) {
        FoundRate known = found;
        double rate = rate(known, now);
        long gap = rate == Double.POSITIVE_INFINITY ? 0 : (long) (1e9 / rate);
        long turn =
                next.updateAndGet(before -> Math.max(Math.max(before, now - slack), known.pausedUntil()) + gap) - gap;
        return Math.max(turn, now);
    }

    @Override
    public boolean paused(long now) {
        return found.paused(now);
    }

    @Override
    public void accepted(long now) {
        accepted.increment();
        if (found.markDue(now)) {
            mark(now);
        }
    }

    private synchronized void mark(long now) {
        if (found.markDue(now)) {
            found = found.marked(now, accepted.sum());
        }
    }

    @Override
    public synchronized void refused(long started, long now, @Nullable Duration wish) {
        found = found.refused(started, now, wish, accepted.sum(), ceiling, now);
    }

    private double rate(FoundRate known, long now) {
        return Math.min(known.rate(now), ceiling);
    }
}
