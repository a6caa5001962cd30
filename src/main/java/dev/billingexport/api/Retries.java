package dev.billingexport.api;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.ContextualSupplier;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Retries requests with exponential back-off and jitter. The only place that retries. Pauses that the server asks for
 * apply to all requests and are made by {@link RequestLimiter}. Thread-safe.
 */
final class Retries {

    private static final Logger log = LoggerFactory.getLogger(Retries.class);

    private static final int MAX_DELAY_FACTOR = 60;
    private static final double JITTER = 0.25;

    private final int maxAttempts;
    private final Duration firstDelay;
    private final Duration maxDelay;
    private final Redaction redaction;
    private final Waits waits;

    /** @param firstDelay delay before the second attempt; doubles with each attempt, up to sixty times itself */
    Retries(int maxAttempts, Duration firstDelay, Redaction redaction, Waits waits) {
        this.maxAttempts = maxAttempts;
        this.firstDelay = firstDelay;
        this.maxDelay = firstDelay.multipliedBy(MAX_DELAY_FACTOR);
        this.redaction = redaction;
        this.waits = waits;
    }

    /**
     * Repeats the attempt until it succeeds, fails for good or the attempts are spent.
     *
     * @param attempt makes a request, adds it to the given count, and throws {@link Failure} where it fails
     * @throws ApiException if the last attempt fails
     * @throws CancellationException if the thread is interrupted
     */
    <T> T run(Route route, Function<AtomicInteger, T> attempt) {
        AtomicInteger requests = new AtomicInteger();
        ContextualSupplier<T, T> execution = context -> attempt.apply(requests);
        try {
            return Failsafe.with(this.<T>policy(route)).get(execution);
        } catch (Failure failure) {
            throw exception(route, requests.get(), failure.with(redaction));
        } catch (FailsafeException e) {
            if (e.getCause() instanceof InterruptedException) {
                throw RequestLimiter.interrupted();
            }
            throw e;
        }
    }

    private <T> RetryPolicy<T> policy(Route route) {
        return RetryPolicy.<T>builder()
                .handleIf(e -> e instanceof Failure failure && failure.kind().isTransient())
                .withMaxAttempts(maxAttempts)
                .withBackoff(firstDelay, maxDelay)
                .withJitter(JITTER)
                .onRetryScheduled(event -> {
                    Failure last = (Failure) event.getLastException();
                    waits.retried(last, event.getDelay());
                    log.debug(
                            "{}: {}; attempt {} of {}, the next in {} ms",
                            redaction.clean(route.toString()),
                            redaction.clean(String.valueOf(last.getMessage())),
                            event.getAttemptCount(),
                            maxAttempts,
                            event.getDelay().toMillis());
                })
                .build();
    }

    private ApiException exception(Route route, int requests, Failure failure) {
        String where = redaction.clean(route.toString());
        String what = redaction.clean(String.valueOf(failure.getMessage()));
        return switch (failure.kind()) {
            case UNAVAILABLE, BLANK, BUSY ->
                new ApiException.Unavailable(
                        route,
                        requests,
                        failure,
                        where + " failed " + requests + (requests == 1 ? " time" : " times") + ", the last with "
                                + what);
            case DENIED ->
                new ApiException.Denied(
                        route, requests, failure, where + ": the credentials are not accepted (" + what + ")");
            case MISSING -> new ApiException.Missing(route, requests, failure, where + ": not found (" + what + ")");
            case DOWN -> new ApiException.Down(route, requests, failure, what);
            case UNREACHABLE -> new ApiException.Unreachable(route, requests, failure, where + ": " + what);
            case REFUSED -> new ApiException.Refused(route, requests, failure, where + ": refused (" + what + ")");
        };
    }
}
