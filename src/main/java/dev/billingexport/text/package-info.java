/**
 * Text rules that several packages share: what a screen or a log shows ({@link dev.billingexport.text.Printable}) and what
 * a CSV file holds ({@link dev.billingexport.text.CsvText}). It imports no other package of this program.
 */
@NullMarked
package dev.billingexport.text;

import org.jspecify.annotations.NullMarked;
