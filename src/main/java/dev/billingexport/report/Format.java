package dev.billingexport.report;

/** File formats of a report. */
public enum Format {
    /** One workbook with a sheet for every table. */
    XLSX,
    /** One file for every table. */
    CSV,
    /** The summary as one HTML file, for a mail or a browser. */
    HTML
}
