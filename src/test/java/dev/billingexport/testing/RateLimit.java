package dev.billingexport.testing;

/**
 * How many requests an API accepts: a token bucket, full at first.
 *
 * @param perSecond in the long run
 * @param burst at once, after a rest
 */
public record RateLimit(double perSecond, double burst) {

    /** Checks that requests are accepted at all. */
    public RateLimit {
        if (!(perSecond > 0) || !(burst >= 1)) {
            throw new IllegalArgumentException("A limit lets something through: " + perSecond + ", " + burst);
        }
    }
}
