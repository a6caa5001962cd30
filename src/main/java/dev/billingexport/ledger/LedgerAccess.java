package dev.billingexport.ledger;

/** How a process uses a ledger. */
public enum LedgerAccess {
    /** As the only process that launches runs and migrates tables. The default. */
    EXCLUSIVE,

    /** Beside such a process, which PostgreSQL allows. Doesn't migrate tables. */
    SHARED
}
