package dev.billingexport.api;

import java.util.concurrent.atomic.LongAdder;

/** Counts the requests that the API accepted and their recent rate. Thread-safe; counting takes no lock. */
final class Throughput {

    private static final long SPAN = 5_000_000_000L;

    /** The count at a point in time. */
    private record Mark(long nanos, long accepted) {}

    private final LongAdder accepted = new LongAdder();
    private volatile Mark older = new Mark(0, 0);
    private volatile Mark newer = older;

    void accepted(long now) {
        accepted.increment();
        if (now - newer.nanos() > SPAN) {
            mark(now);
        }
    }

    long total() {
        return accepted.sum();
    }

    /**
     * Returns accepted requests a second: since {@link #restart} in its first five seconds, later over the last five to
     * ten seconds.
     */
    double perSecond(long now) {
        Mark since = older;
        return 1e9 * (total() - since.accepted()) / Math.max(1, now - since.nanos());
    }

    synchronized void restart(long now) {
        newer = new Mark(now, total());
        older = newer;
    }

    private synchronized void mark(long now) {
        if (now - newer.nanos() > SPAN) {
            older = newer;
            newer = new Mark(now, total());
        }
    }
}
