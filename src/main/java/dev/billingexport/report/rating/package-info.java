/**
 * What usage costs: price lists, customers, and the charges that follow from them. It knows sessions and nothing of files
 * that are written, so that every rule can be tested by numbers alone.
 */
@NullMarked
package dev.billingexport.report.rating;

import org.jspecify.annotations.NullMarked;
