package dev.billingexport.ledger;

/** This process has lost the lock on the database and must not commit. Committed data is safe. */
public final class LockLostException extends RuntimeException {

    private static final long serialVersionUID = 1;

    LockLostException() {
        super(
                "The connection that holds the lock on the database was lost: the database was restarted, the network failed,"
                        + " or an administrator ended it. Nothing more is written.");
    }
}
