package dev.billingexport.api;

/**
 * A rate that rises over time: slowly at first, because the limit is near, then ever faster, because the limit may have
 * risen. It is 5 % above its start after 1.5 seconds, twice its start after 6, and unlimited after 10.
 *
 * @param from first rate, in requests a second
 * @param start when the rate begins to rise, in nanoseconds
 * @param stretch factor by which all these times are longer
 */
record RateRamp(double from, long start, double stretch) {

    private static final double LINEAR = 0.03;
    private static final double CUBIC = 0.005;

    /** Without a refusal at six times the first rate, the API has no limit that matters. */
    private static final double END = 10;

    /** No limit: the API has refused nothing yet. */
    static RateRamp unbounded() {
        return new RateRamp(Double.POSITIVE_INFINITY, 0, 1);
    }

    double rate(long now) {
        double seconds = Math.max(0, now - start) / 1e9 / stretch;
        return seconds > END
                ? Double.POSITIVE_INFINITY
                : from * (1 + LINEAR * seconds + CUBIC * seconds * seconds * seconds);
    }
}
