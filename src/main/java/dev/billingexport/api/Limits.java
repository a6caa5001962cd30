package dev.billingexport.api;

import dev.failsafe.RateLimiter;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How many requests may be in flight and how many may start in a second, over all threads. Thread-safe. */
final class Limits {

    private final Semaphore inFlight;
    private final @Nullable RateLimiter<Object> rate;

    Limits(int maxInFlight, @Nullable Double maxPerSecond) {
        inFlight = new Semaphore(maxInFlight, true);
        rate = maxPerSecond == null
                ? null
                : RateLimiter.smoothBuilder(Duration.ofNanos(Math.round(1e9 / maxPerSecond)))
                        .build();
    }

    /**
     * Makes one request as soon as it is allowed.
     *
     * @throws CancellationException if the thread is interrupted before
     */
    <T> T admit(Supplier<T> request) {
        try {
            inFlight.acquire();
        } catch (InterruptedException e) {
            throw interrupted();
        }
        try {
            // Within the first limit: a turn that was taken before it would be used late, and then all at once.
            if (rate != null) {
                rate.acquirePermit();
            }
            return request.get();
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            inFlight.release();
        }
    }

    /** Keeps the thread's flag and ends the call: to be stopped says nothing about the API. */
    static CancellationException interrupted() {
        Thread.currentThread().interrupt();
        return new CancellationException("The thread was interrupted while it asked the API.");
    }
}
