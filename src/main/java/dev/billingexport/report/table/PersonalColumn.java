package dev.billingexport.report.table;

/** The columns with personal data that can be masked. A user's id can't be masked, because bills are made out to it. */
public enum PersonalColumn {
    USER_NAME,
    NAME,
    IP,
    AGENT,
    USER_REF
}
