/**
 * What a report contains, without any file format: tables and their columns, sums, findings, charges, and the words of each
 * language. The writers of all formats read this model; it knows none of them.
 */
@NullMarked
package dev.billingexport.report.table;

import org.jspecify.annotations.NullMarked;
