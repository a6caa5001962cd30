/**
 * Prices usage: price lists, customers, and the charges that follow from them. Knows sessions and no output format, so
 * that every rule can be tested with numbers alone.
 */
@NullMarked
package dev.billingexport.report.rating;

import org.jspecify.annotations.NullMarked;
