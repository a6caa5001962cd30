package dev.billingexport.report;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** File formats of a report. */
public enum Format {
    /** One workbook with a sheet for every table. */
    XLSX,
    /** One file for every table. */
    CSV,
    /** The summary as one HTML file, for a mail or a browser. */
    HTML;

    /** Returns the name in settings and options. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns all names, for a message: {@code xlsx, csv, html}. */
    static String codes() {
        return Stream.of(values()).map(Format::code).collect(Collectors.joining(", "));
    }
}
