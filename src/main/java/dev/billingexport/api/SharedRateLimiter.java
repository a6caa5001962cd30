package dev.billingexport.api;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Finds and keeps one rate together with other processes. One process's refusal lowers the rate of all, and a pause holds
 * for all: each learns of it within a twentieth of a second, or before its next request. If the others can't be asked,
 * {@link SharedTurns}' exception passes through.
 *
 * <p>Turns are reserved for the requests that are ready and for no more. A turn that is not used in time is lost to all:
 * used later, it would add to the turns that are due then.
 */
final class SharedRateLimiter implements RateLimiter {

    /** How old the knowledge of the others may be. */
    private static final long MAX_AGE = 50_000_000L;

    /**
     * The knowledge may be as old as the time of counting divided by this. At the start of a count, a few requests that the
     * other processes have not reported yet change the measured rate.
     */
    private static final long AGE_PER_MEASUREMENT = 10;

    private static final long MIN_AGE = 2_000_000L;

    /** While one thread asks, the others go on with what was known, unless it is older than this. */
    private static final long STALE = 10 * MAX_AGE;

    private static final long NEVER = Long.MIN_VALUE / 2;

    /**
     * How long the turns take that are reserved at once. What is reserved is used even if the rate falls meanwhile: with
     * 50 ms four processes had a quarter more refusals in virtual time, with 10 ms they asked a quarter more often.
     */
    private static final long RESERVED = 20_000_000L;

    /** How late a turn may still be used. */
    private static final long SLACK = 20_000_000L;

    private static final long SLACK_AT_CEILING = 5_000_000L;

    /**
     * A stored time may be in the future by the longest pause, this tolerance and {@link #MAX_TURNS} together. A later one
     * was stored before the shared clock was set back. It is ignored: requests would wait until the clock reaches it.
     */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** At a rate below one a second, all processes together reserve fewer turns than this. */
    private static final long MAX_TURNS = 100;

    /**
     * What this process knows.
     *
     * @param text as {@link SharedTurns} has it
     * @param at when the others were asked
     * @param offset what the shared clock is ahead of this process's
     * @param since when this process learned of the last decrease of the rate
     */
    private record Known(FoundRate rate, @Nullable String text, long at, long offset, long since) {

        boolean paused(long now) {
            return rate.paused(now + offset);
        }

        boolean isDue(long now) {
            long measured = rate.measured(now + offset);
            return now - at > Math.max(MIN_AGE, Math.min(MAX_AGE, measured / AGE_PER_MEASUREMENT));
        }

        /** Returns when this process learned of the last decrease of a rate that it knows from a moment on. */
        long since(FoundRate newer, long moment) {
            return newer.decreased() == rate.decreased() ? since : moment;
        }

        /** Whether a request had a turn of an earlier rate, or none. */
        boolean startedBefore(long started) {
            return started < since || started + offset < rate.decreased();
        }
    }

    private final SharedTurns turns;
    private final double ceiling;
    private final long slack;
    private final long ahead;
    private final Ticker ticker;
    private final LongAdder accepted = new LongAdder();

    /** Held while the others are asked. */
    private final ReentrantLock asking = new ReentrantLock();

    /** How many of the accepted requests the others know of. Guarded by {@link #asking}. */
    private long told;

    private volatile Known known = new Known(FoundRate.unlimited(0, 0), null, NEVER, 0, 0);

    // The turns that are reserved. Of the one thread that takes turns.
    private long next;
    private long gap;
    private int left;

    /** @param maxPerSecond ceiling of the rate, null for none */
    SharedRateLimiter(SharedTurns turns, @Nullable Double maxPerSecond, Ticker ticker) {
        this.turns = turns;
        this.ticker = ticker;
        ceiling = maxPerSecond == null ? Double.POSITIVE_INFINITY : maxPerSecond;
        slack = maxPerSecond == null ? SLACK : SLACK_AT_CEILING;
        ahead = ResponseClassifier.MAX_RETRY_AFTER.plus(TOLERANCE).toNanos() + (long) (MAX_TURNS * 1e9 / ceiling);
    }

    @Override
    public boolean unbounded(long now) {
        return unbounded(known, now) && unbounded(known(now), now);
    }

    private boolean unbounded(Known current, long now) {
        return !current.paused(now) && rate(current, now) == Double.POSITIVE_INFINITY;
    }

    @Override
    public boolean paused(long now) {
        return known(now).paused(now);
    }

    @Override
    public long turn(long now, int ready) {
        while (left > 0 && next < now - slack) {
            next += gap;
            left--;
        }
        if (left == 0) {
            reserve(ready);
        }
        long turn = next;
        next += gap;
        left--;
        if (left == 0 && ready > 1 && turn > now) {
            // Asks while this request has to wait anyway.
            reserve(ready - 1);
        }
        return turn;
    }

    private void reserve(int ready) {
        asking.lock();
        try {
            long now = ticker.nanos();
            Known current = known(now);
            double rate = rate(current, now);
            if (rate == Double.POSITIVE_INFINITY) {
                next = Math.max(now, current.rate.pausedUntil() - current.offset);
                gap = 0;
                left = 1;
            } else {
                long each = (long) (1e9 / rate);
                int count = (int) Math.max(1, Math.min(ready, RESERVED / each));
                SharedTurns.Shared shared = ask(count * each);
                next = shared.next() - count * each - known.offset;
                gap = each;
                left = count;
            }
        } finally {
            asking.unlock();
        }
    }

    @Override
    public void accepted(long now) {
        accepted.increment();
    }

    @Override
    public void refused(long started, long now, @Nullable Duration wish) {
        // Longer by what the others may need to learn of it. So one pause serves for all refusals of a burst.
        Duration pause = wish == null ? null : wish.plusNanos(MAX_AGE);
        asking.lock();
        try {
            boolean pausedLongEnough = wish == null || known.paused(now + wish.toNanos());
            if (!known.startedBefore(started) || !pausedLongEnough) {
                while (!store(started, pause)) {
                    // Another process has stored something else meanwhile.
                }
            }
        } finally {
            asking.unlock();
        }
    }

    private boolean store(long started, @Nullable Duration pause) {
        SharedTurns.Shared shared = ask(0);
        Known before = known;
        FoundRate after = before.rate.refused(
                before.startedBefore(started) ? Long.MIN_VALUE : started + before.offset,
                shared.at(),
                pause,
                shared.accepted(),
                ceiling,
                Math.max(shared.at(), shared.next()));
        return after.equals(before.rate) || replace(after);
    }

    /** Returns what is known, no older than it may be. */
    private Known known(long now) {
        Known current = known;
        if (now - current.at > STALE) {
            asking.lock();
        } else if (!current.isDue(now) || !asking.tryLock()) {
            return current;
        }
        try {
            if (known.isDue(now)) {
                ask(0);
            }
            return known;
        } finally {
            asking.unlock();
        }
    }

    /** Tells the others what was accepted, reserves turns that take so long together, and learns what the others know. */
    private SharedTurns.Shared ask(long span) {
        long count = accepted.sum() - told;
        SharedTurns.Shared shared = turns.reserve(count, span, slack, ahead);
        long at = ticker.nanos();
        told += count;
        FoundRate rate = rate(shared);
        known = new Known(rate, shared.rate(), at, shared.at() - at, known.since(rate, at));
        if (rate.markDue(shared.at())) {
            // If another process was first, that does as well.
            replace(rate.marked(shared.at(), shared.accepted()));
        }
        return shared;
    }

    private FoundRate rate(SharedTurns.Shared shared) {
        String text = shared.rate();
        boolean unchanged = known.at != NEVER && Objects.equals(text, known.text);
        FoundRate rate = unchanged ? known.rate : text == null ? null : FoundRate.parse(text);
        return rate == null || rate.isBeyond(shared.at() + ahead)
                ? FoundRate.unlimited(shared.at(), shared.accepted())
                : rate;
    }

    private boolean replace(FoundRate after) {
        Known before = known;
        String text = after.text();
        boolean replaced = turns.replace(before.text, text, after.pausedUntil());
        if (replaced) {
            known = new Known(after, text, before.at, before.offset, before.since(after, ticker.nanos()));
        }
        return replaced;
    }

    private double rate(Known current, long now) {
        return Math.min(current.rate.rate(now + current.offset), ceiling);
    }
}
