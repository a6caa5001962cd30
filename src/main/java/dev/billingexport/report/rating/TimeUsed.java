package dev.billingexport.report.rating;

import java.math.BigDecimal;

/**
 * A sum of usage.
 *
 * @param seconds as stated
 * @param counted seconds after rounding each use up
 */
record TimeUsed(BigDecimal seconds, BigDecimal counted) {

    TimeUsed plus(TimeUsed other) {
        return new TimeUsed(seconds.add(other.seconds), counted.add(other.counted));
    }
}
