package dev.billingexport.ledger;

/** The database has no ledger, and was opened for reading only. */
public final class NoLedgerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoLedgerException() {
        super("Nothing was ever collected into this database.");
    }
}
