package dev.billingexport.report.table;

import java.util.Locale;

/** Languages of headings, sentences and number formats. Each has a resource bundle. */
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
