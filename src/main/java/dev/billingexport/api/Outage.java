package dev.billingexport.api;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes an API that is down from single requests that fail. After several failures in a row, with no success in
 * between, all threads wait while one thread repeats the last request that succeeded. If that succeeds, the API is up,
 * and the failures belong to the requests. If it fails, it is repeated at growing intervals; after the first success
 * all threads go on and repeat what failed meanwhile. After the time limit every call fails, now and later. If no
 * request ever succeeded, the last failed request is repeated instead, once a request's own attempts are spent.
 *
 * <p>Not Failsafe's circuit breaker, which lets the waiting calls fail, probes with whichever call comes next, and has
 * a clock that can't be set. Thread-safe; takes no lock while requests succeed.
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
     * @param maxInFlight half as many failures in a row start the probing
     * @param retryDelay first delay of a request's own retries; the first delay between probes is a tenth of it
     * @param maxAttempts attempts of a request. The time limit is ten times the delays between them; with a single
     *     attempt there is no probing
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
     * Returns at once while the API seems to be up; otherwise returns as soon as it is up again.
     *
     * @throws Failure of kind {@code DOWN} after the time limit
     */
    void await() {
        FutureTask<Boolean> current = recovery;
        if (current != null) {
            outlast(current);
        }
    }

    /**
     * Records a success.
     *
     * @param request repeats the request or throws {@link Failure}; null where it must not be repeated
     */
    void succeeded(@Nullable Runnable request) {
        if (inARow.get() != 0) {
            inARow.set(0);
        }
        if (request != null) {
            known = request;
        }
    }

    /**
     * Records a failure and waits for the end of an outage, if this is one. Returns whether there was an outage: the
     * caller should then repeat its request.
     *
     * @param request repeats the request or throws {@link Failure}
     * @throws Failure of kind {@code DOWN} after the time limit
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
            // Only the first thread's call runs the task; the others wait for its result.
            shared.run();
            try {
                return shared.get();
            } catch (InterruptedException e) {
                throw RequestLimiter.interrupted();
            } catch (ExecutionException e) {
                // If the probing thread was told to stop, its probing ends, and one of the waiting threads takes over.
                if (!(e.getCause() instanceof CancellationException)
                        || Thread.currentThread().isInterrupted()) {
                    if (!(e.getCause() instanceof Failure)) {
                        // Says nothing about the API.
                        forget(shared);
                    }
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

    private synchronized void forget(FutureTask<Boolean> ended) {
        if (recovery == ended) {
            recovery = null;
        }
    }

    /** Probes until the API answers. Returns whether it was down. */
    private boolean recover() {
        long delay = firstDelay.toNanos();
        boolean down = known == null;
        while (true) {
            // Prefers a request that succeeded meanwhile: one that never succeeded may be broken itself.
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

    /** Returns null where the API is up. Any answer but a transient failure shows that it is. */
    private static @Nullable Failure failure(Runnable probe) {
        try {
            probe.run();
            return null;
        } catch (Failure failure) {
            return failure.kind().isTransient() ? failure : null;
        }
    }
}
