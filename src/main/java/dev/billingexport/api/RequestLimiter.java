package dev.billingexport.api;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Limits the requests in flight and the rate at which they start, over all threads. Thread-safe: while the rate is
 * unlimited, threads share only the count of requests in flight.
 */
final class RequestLimiter {

    private final Semaphore inFlight;
    private final RateLimiter rateLimiter;
    private final Ticker ticker;
    private final Waits waits;

    /**
     * Held by the thread that waits for the next turn. Turns are not taken in advance, because the rate may change
     * meanwhile.
     */
    private final ReentrantLock first = new ReentrantLock(true);

    RequestLimiter(int maxInFlight, RateLimiter rateLimiter, Ticker ticker, Waits waits) {
        // Not fair: a fair semaphore would leave a slot unused while the thread that is next wakes up.
        inFlight = new Semaphore(maxInFlight);
        this.rateLimiter = rateLimiter;
        this.ticker = ticker;
        this.waits = waits;
    }

    /**
     * Makes one request as soon as the limits allow it.
     *
     * @param request throws {@link Failure} where it fails; a refusal for too many requests lowers the rate for all
     *     threads
     * @throws CancellationException if the thread is interrupted while it waits
     */
    <T> T admit(Supplier<T> request) {
        try {
            inFlight.acquire();
        } catch (InterruptedException e) {
            throw interrupted();
        }
        try {
            // Takes its turn only now that a slot is free: turns taken before would be used late, and all at once.
            if (!rateLimiter.unbounded(ticker.nanos())) {
                awaitTurn();
            }
            return measured(request);
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
                long turn = rateLimiter.turn(now, 1 + first.getQueueLength());
                // Not since the time before: the limiter may have asked other processes.
                ticker.sleep(turn - ticker.nanos());
            } while (rateLimiter.paused(ticker.nanos()));
        } finally {
            first.unlock();
        }
    }

    private <T> T measured(Supplier<T> request) {
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

    /**
     * Sets the thread's interrupt flag and returns the exception to throw. An interruption says nothing about the API.
     */
    static CancellationException interrupted() {
        Thread.currentThread().interrupt();
        return new CancellationException("The thread was interrupted while it asked the API.");
    }
}
