package dev.billingexport.report.rating;

import java.math.BigDecimal;

/**
 * A sum of uses.
 *
 * @param seconds as stated
 * @param counted seconds, each use counted by its increment
 */
record TimeUsed(BigDecimal seconds, BigDecimal counted) {

    TimeUsed plus(TimeUsed other) {
        return new TimeUsed(seconds.add(other.seconds), counted.add(other.counted));
    }
}
