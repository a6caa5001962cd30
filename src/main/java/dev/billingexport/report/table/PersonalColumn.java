package dev.billingexport.report.table;

/** The columns that hold people's data and can be masked; a user's id can't, for bills are made out to it. */
public enum PersonalColumn {
    USER_NAME,
    NAME,
    IP,
    AGENT,
    USER_REF
}
