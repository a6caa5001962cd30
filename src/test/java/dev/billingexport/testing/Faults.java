package dev.billingexport.testing;

import dev.billingexport.sample.Route;
import java.time.Duration;
import java.util.Map;

/**
 * Which requests go wrong, and how.
 *
 * @param seed what the shares are drawn from: the nth try of one request has the same fate in every run, in whatever
 *     order requests come
 * @param shares the share of requests that meets each fault, between 0 and 1; together at most 1
 * @param inARow most faults that one request meets in a row, so that a patient client always gets its answer
 * @param retryAfter what {@link Fault#RATE_LIMIT_SECONDS} and {@link Fault#RATE_LIMIT_DATE} ask for, in whole seconds
 * @param broken details that never answer as they should, whatever the shares
 */
public record Faults(long seed, Map<Fault, Double> shares, int inARow, Duration retryAfter, Map<Detail, Fault> broken) {

    /** No faults at all. */
    public static final Faults NONE = new Faults(0, Map.of(), 3, Duration.ofSeconds(1), Map.of());

    /** The call details or the recordings of one session. */
    public record Detail(Route route, String sessionId) {}

    /** Checks the shares. */
    public Faults {
        shares = Map.copyOf(shares);
        broken = Map.copyOf(broken);
        double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        if (shares.values().stream().anyMatch(share -> share < 0) || sum > 1) {
            throw new IllegalArgumentException("The shares of faults must lie between 0 and 1 together: " + shares);
        }
    }
}
