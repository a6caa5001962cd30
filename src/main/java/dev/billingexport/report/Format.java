package dev.billingexport.report;

/** What a report can be written as. */
public enum Format {
    /** One workbook with a sheet for every table. */
    XLSX,
    /** One file for every table. */
    CSV,
    /** The summary as one HTML file, for a mail or a browser. */
    HTML
}
