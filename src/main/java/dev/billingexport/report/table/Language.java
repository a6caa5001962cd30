package dev.billingexport.report.table;

import java.util.Locale;

/** A language that headings, sentences and number formats are there in: one bundle each. */
public enum Language {
    EN(Locale.ENGLISH),
    DE(Locale.GERMAN);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    Locale locale() {
        return locale;
    }
}
