/**
 * Writes a report, or one user's, room's or customer's share of it, as a workbook for Excel and LibreOffice.
 * {@link dev.billingexport.report.xlsx.WorkbookWriter} streams the rows: a million need no more memory than a few.
 */
@NullMarked
package dev.billingexport.report.xlsx;

import org.jspecify.annotations.NullMarked;
