/**
 * The files: one typed definition of columns serves the CSV files and the workbook.
 * Front door: {@link dev.billingexport.report.Report}. The same data gives the same bytes, whoever writes them and when.
 */
@NullMarked
package dev.billingexport.report;

import org.jspecify.annotations.NullMarked;
