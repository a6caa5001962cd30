package dev.billingexport.api;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * How many requests may be in flight, and at which rate they start, over all threads. Thread-safe: as long as the rate is
 * unbounded, threads share nothing but the count of requests in flight.
 */
final class RequestLimiter {

    private final Semaphore inFlight;
    private final AdaptiveRateLimiter rateLimiter;
    private final Ticker ticker;
    private final Waits waits;

    /** Held by the one who waits for the next turn: turns taken ahead would be at yesterday's rate. */
    private final ReentrantLock first = new ReentrantLock(true);

    RequestLimiter(int maxInFlight, AdaptiveRateLimiter rateLimiter, Ticker ticker, Waits waits) {
        // Not in the order of their waiting: a place would stand empty while the thread whose turn it is wakes up.
        inFlight = new Semaphore(maxInFlight);
        this.rateLimiter = rateLimiter;
        this.ticker = ticker;
        this.waits = waits;
    }

    /**
     * Makes one request as soon as it is allowed.
     *
     * @param request throws {@link Failure} where it fails; what that says of the rate is for all
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
            if (!rateLimiter.unbounded(ticker.nanos())) {
                awaitTurn();
            }
            return paced(request);
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            inFlight.release();
        }
    }

    private void awaitTurn() throws InterruptedException {
        first.lockInterruptibly();
        try {
            do {
                long now = ticker.nanos();
                ticker.sleep(rateLimiter.turn(now) - now);
            } while (rateLimiter.paused(ticker.nanos()));
        } finally {
            first.unlock();
        }
    }

    private <T> T paced(Supplier<T> request) {
        long started = ticker.nanos();
        waits.asked();
        try {
            T answer = request.get();
            rateLimiter.accepted(ticker.nanos());
            return answer;
        } catch (Failure failure) {
            Duration wish = failure.retryAfter();
            if (wish != null) {
                waits.paused(failure, wish);
            }
            if (failure.kind() == Failure.Kind.BUSY || wish != null) {
                rateLimiter.refused(started, ticker.nanos(), wish);
            } else {
                rateLimiter.accepted(ticker.nanos());
            }
            throw failure;
        } finally {
            waits.ended();
        }
    }

    /** Keeps the thread's flag and ends the call: to be stopped says nothing about the API. */
    static CancellationException interrupted() {
        Thread.currentThread().interrupt();
        return new CancellationException("The thread was interrupted while it asked the API.");
    }
}
