/**
 * How words that others wrote are shown to people. Front door: {@link dev.billingexport.text.Printable}. Every stage shows
 * some, so it imports none of them.
 */
@NullMarked
package dev.billingexport.text;

import org.jspecify.annotations.NullMarked;
