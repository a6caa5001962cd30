/**
 * What the export is about: sessions, their call details and recordings, and the periods and windows that they are
 * collected in. Plain immutable values; every other package speaks in these words, this one imports none of them.
 */
@NullMarked
package dev.billingexport.session;

import org.jspecify.annotations.NullMarked;
