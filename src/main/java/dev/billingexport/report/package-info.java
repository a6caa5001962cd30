/**
 * The files of one export. {@link dev.billingexport.report.Report} names them and writes each into a folder, whole or not at
 * all. The same data gives the same bytes. Each format has a package of its own below this one.
 */
@NullMarked
package dev.billingexport.report;

import org.jspecify.annotations.NullMarked;
