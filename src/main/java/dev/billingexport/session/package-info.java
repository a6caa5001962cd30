/**
 * The export's vocabulary: sessions, their call details and recordings, and the periods and windows that they are
 * collected in. Immutable values without a framework. Used by every other package and imports none of them.
 */
@NullMarked
package dev.billingexport.session;

import org.jspecify.annotations.NullMarked;
