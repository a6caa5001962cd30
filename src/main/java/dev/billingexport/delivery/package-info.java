/**
 * Takes finished files to where they belong, once, with a manifest that is written last.
 * Front door: {@link dev.billingexport.delivery.Delivery}.
 */
@NullMarked
package dev.billingexport.delivery;

import org.jspecify.annotations.NullMarked;
