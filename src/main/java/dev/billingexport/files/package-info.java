/**
 * Creates files and folders that only their owner can read, locks files and checks who may write a folder. Entry:
 * {@link dev.billingexport.files.OwnerOnly}. Used by every other package and imports none of them.
 */
@NullMarked
package dev.billingexport.files;

import org.jspecify.annotations.NullMarked;
