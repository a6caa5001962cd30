/**
 * Delivers finished files to a folder or a bucket, each revision once, with a manifest that is written last. Entry:
 * {@link dev.billingexport.delivery.Delivery}. Also opens delivered folders for reading.
 */
@NullMarked
package dev.billingexport.delivery;

import org.jspecify.annotations.NullMarked;
