/**
 * Writes the tables of a report as CSV files, one for each table, as RFC 4180 describes them.
 * Entry: {@link dev.billingexport.report.csv.CsvWriter}.
 */
@NullMarked
package dev.billingexport.report.csv;

import org.jspecify.annotations.NullMarked;
