package dev.billingexport.ledger;

/** Nothing was ever collected into this database, and it was only to be looked at. */
public final class NoLedgerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoLedgerException() {
        super("Nothing was ever collected into this database.");
    }
}
