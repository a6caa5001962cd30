/**
 * Writes the summary of a report as one HTML file for a mail or a browser. It needs no network and runs no script.
 * Entry: {@link dev.billingexport.report.html.HtmlWriter}.
 */
@NullMarked
package dev.billingexport.report.html;

import org.jspecify.annotations.NullMarked;
