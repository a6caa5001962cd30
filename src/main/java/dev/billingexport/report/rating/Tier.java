package dev.billingexport.report.rating;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A step of a graduated price.
 *
 * @param number from 1
 * @param end the second of the customer's usage at which it ends, exclusive; null where it has no end
 * @param price of a minute
 * @param line line of the price list; 0 where there is none
 */
record Tier(int number, @Nullable BigDecimal end, BigDecimal price, int line) {}
