package dev.billingexport.api;

/**
 * A rate that rises from a start: slowly at first, for the limit is near, and ever faster, for it may have risen. It is
 * five percent up after a second and a half, twice the start after six, and without bounds after ten.
 *
 * @param from requests a second
 * @param start when it begins to rise, in nanoseconds
 * @param stretch how many times as long everything takes
 */
record RateRamp(double from, long start, double stretch) {

    private static final double LINEAR = 0.03;
    private static final double CUBIC = 0.005;

    /** At six times the start without a refusal it is not the rate that limits. */
    private static final double END = 10;

    /** Where the API has refused nothing yet. */
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
