package dev.billingexport.testing;

/** Counts what a {@link RateLimit} lets through. Thread-safe. */
public final class TokenBucket {

    private final RateLimit limit;
    private double tokens;
    private long filled = System.nanoTime();

    public TokenBucket(RateLimit limit) {
        this.limit = limit;
        tokens = limit.burst();
    }

    /** Returns whether one more is let through. */
    public synchronized boolean take() {
        long now = System.nanoTime();
        tokens = Math.min(limit.burst(), tokens + (now - filled) / 1e9 * limit.perSecond());
        filled = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
