package dev.billingexport.report.table;

import java.util.List;

/** The names of the tables. Delivered files have these names, so they never change. */
public final class TableNames {

    public static final String CUSTOMERS = "customers";
    public static final String USERS = "users";
    public static final String DAYS = "days";
    public static final String SESSIONS = "sessions";
    public static final String CALL_DETAILS = "call-details";
    public static final String RECORDINGS = "recordings";
    public static final String RECONCILIATION = "reconciliation";
    public static final String CHARGES = "charges";
    public static final String AMENDMENTS = "amendments";
    public static final String PROBLEMS = "problems";

    /** The tables that two revisions are compared by; their charges are compared as well where there are any. */
    public static final List<String> COMPARED = List.of(SESSIONS, CALL_DETAILS, RECORDINGS);

    private TableNames() {}
}
