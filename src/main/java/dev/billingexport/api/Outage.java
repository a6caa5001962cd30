package dev.billingexport.api;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Tells an API that is down from single requests that fail. After some failures in a row, with no success in between,
 * everybody waits while one thread asks again for what worked last: if that works, the API is up and the failures belong
 * to what was asked for. If it doesn't, it is asked at growing intervals; with the first success all go on, and what
 * failed meanwhile is asked again. When patience ends, every call fails, now and later. An API that never answered anything
 * is as patiently asked for what failed last, once a request's own tries are spent.
 *
 * <p>Not Failsafe's circuit breaker: it lets the waiting calls fail, it probes with whichever call comes next, and its
 * clock can't be set. Thread-safe; takes no lock as long as requests succeed.
 */
final class Outage {

    private static final int FEWEST_FAILURES = 5;
    private static final int MAX_DELAY_FACTOR = 300;
    private static final int MAX_DOUBLINGS = 6;
    private static final int PATIENCE = 10;

    private final int failures;
    private final int maxAttempts;
    private final Duration firstDelay;
    private final Duration patience;
    private final Ticker ticker;
    private final Waits waits;

    private final AtomicInteger inARow = new AtomicInteger();
    private volatile long failingSince;
    private volatile @Nullable Runnable known;
    private volatile @Nullable Runnable failed;
    private volatile @Nullable FutureTask<Boolean> recovery;

    /**
     * @param maxInFlight half as many failures in a row raise the question
     * @param retryDelay the first delay of a request's own retries; the first probe's is a tenth of it
     * @param maxAttempts of a request: ten times the waiting between them is the time until the API is given up; for a single one, none
     */
    Outage(int maxInFlight, Duration retryDelay, int maxAttempts, Ticker ticker, Waits waits) {
        failures = Math.max(FEWEST_FAILURES, maxInFlight / 2);
        firstDelay = retryDelay.dividedBy(10);
        patience = retryDelay.multipliedBy(PATIENCE * ((1L << Math.min(maxAttempts - 1, MAX_DOUBLINGS)) - 1));
        this.maxAttempts = maxAttempts;
        this.ticker = ticker;
        this.waits = waits;
    }

    /**
     * Returns at once, unless the API seems to be down: then, as soon as it is up.
     *
     * @throws Failure of kind {@code DOWN} when patience ends
     */
    void await() {
        FutureTask<Boolean> current = recovery;
        if (current != null) {
            outlast(current);
        }
    }

    /** @param request repeats what succeeded, or throws {@link Failure}; null where it is not to be repeated */
    void succeeded(@Nullable Runnable request) {
        if (inARow.get() != 0) {
            inARow.set(0);
        }
        if (request != null) {
            known = request;
        }
    }

    /**
     * Whether the failure was one of an outage, which is over now: the request deserves to be made again.
     *
     * @param request repeats what failed, or throws {@link Failure}
     * @throws Failure of kind {@code DOWN} when patience ends
     */
    boolean explains(Failure failure, Runnable request) {
        int count = inARow.incrementAndGet();
        if (count == 1) {
            failingSince = ticker.nanos();
        }
        FutureTask<Boolean> current = recovery;
        if (known == null) {
            failed = request;
        }
        if (current == null && count >= (known == null ? maxAttempts : failures) && !patience.isZero()) {
            current = begin(null);
        }
        return current != null && outlast(current);
    }

    private boolean outlast(FutureTask<Boolean> current) {
        FutureTask<Boolean> shared = current;
        while (true) {
            // Only the first thread's call does anything: the others wait for how it ends.
            shared.run();
            try {
                return shared.get();
            } catch (InterruptedException e) {
                throw RequestLimiter.interrupted();
            } catch (ExecutionException e) {
                // A thread that was told to stop takes its probing with it, but not those that waited for it.
                if (!(e.getCause() instanceof CancellationException)
                        || Thread.currentThread().isInterrupted()) {
                    throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
                }
                shared = begin(shared);
            }
        }
    }

    private synchronized FutureTask<Boolean> begin(@Nullable FutureTask<Boolean> ended) {
        FutureTask<Boolean> current = recovery;
        if (current == null || current == ended) {
            current = new FutureTask<>(this::recover);
            recovery = current;
        }
        return current;
    }

    /** Whether the API was down indeed. */
    private boolean recover() {
        long delay = firstDelay.toNanos();
        boolean down = known == null;
        while (true) {
            // What worked for another thread meanwhile is the better question: what never did may be broken for good.
            Runnable probe = known;
            Failure failure = failure(Objects.requireNonNull(probe != null ? probe : failed));
            if (failure == null) {
                inARow.set(0);
                recovery = null;
                waits.up();
                return down;
            }
            down = true;
            Duration lasting = Duration.ofNanos(ticker.nanos() - failingSince);
            long left = patience.minus(lasting).toNanos();
            if (left <= 0) {
                waits.up();
                throw Failure.down(patience, failure, probe != null);
            }
            waits.down(lasting, failure, Duration.ofNanos(Math.min(delay, left)));
            sleep(Math.min(delay, left));
            delay = Math.min(2 * delay, MAX_DELAY_FACTOR * firstDelay.toNanos());
        }
    }

    private void sleep(long nanos) {
        try {
            ticker.sleep(nanos);
        } catch (InterruptedException e) {
            throw RequestLimiter.interrupted();
        }
    }

    /** Any other answer than one that may pass is that of an API which is up. */
    private static @Nullable Failure failure(Runnable probe) {
        try {
            probe.run();
            return null;
        } catch (Failure failure) {
            return failure.kind().isTransient() ? failure : null;
        }
    }
}
