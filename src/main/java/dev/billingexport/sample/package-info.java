/**
 * Serves a small, hand-checked month of sessions over HTTP as the vendor's API would, so that {@code run --sample} and
 * {@code sample-api} need neither an account nor a network.
 */
@NullMarked
package dev.billingexport.sample;

import org.jspecify.annotations.NullMarked;
