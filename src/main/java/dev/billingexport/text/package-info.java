/**
 * Makes text from outside safe to show on a terminal or in a log. Entry: {@link dev.billingexport.text.Printable}. Used
 * by every other package and imports none of them.
 */
@NullMarked
package dev.billingexport.text;

import org.jspecify.annotations.NullMarked;
