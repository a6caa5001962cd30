package dev.billingexport.ledger;

/** How a process works with a ledger. */
public enum LedgerAccess {
    /** As the one process that launches runs and changes tables. The default. */
    EXCLUSIVE,

    /** Beside that one, which PostgreSQL allows: tables are taken as they are. */
    SHARED
}
