package dev.billingexport.report.rating;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How the time of one use is rounded up.
 *
 * @param first least number of seconds; zero to count the exact time
 * @param next seconds of each further step
 */
record Increment(int first, int next) {

    static final Increment MINUTE = new Increment(60, 60);
    static final Increment SECOND = new Increment(1, 1);
    static final Increment NONE = new Increment(0, 0);

    /** Returns the seconds that count. A use of zero or negative length counts as zero. */
    BigDecimal counted(BigDecimal seconds) {
        if (seconds.signum() <= 0) {
            return BigDecimal.ZERO;
        }
        if (next == 0) {
            return seconds;
        }
        BigDecimal beyond = seconds.subtract(BigDecimal.valueOf(first)).max(BigDecimal.ZERO);
        BigDecimal steps = beyond.divide(BigDecimal.valueOf(next), 0, RoundingMode.CEILING);
        return steps.multiply(BigDecimal.valueOf(next)).add(BigDecimal.valueOf(first));
    }
}
