/**
 * How every file and folder of ours is made: for its owner alone. Front door: {@link dev.billingexport.files.OwnerOnly}.
 * Every stage writes some, so it imports none of them.
 */
@NullMarked
package dev.billingexport.files;

import org.jspecify.annotations.NullMarked;
