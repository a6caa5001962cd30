package dev.billingexport.report;

/**
 * A file that is complete and in place.
 *
 * @param name relative to the folder that it was rendered into, {@code /} between folders
 * @param sha256 of the file's bytes, lower-case hexadecimal
 * @param rows rows of data without headers; of a workbook those of all its data sheets
 */
public record RenderedFile(String name, long bytes, String sha256, long rows) {}
