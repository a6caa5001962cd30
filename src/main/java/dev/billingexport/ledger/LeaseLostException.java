package dev.billingexport.ledger;

/** This process does not hold the lease of the window that it works on. Nothing of the transaction is committed. */
public final class LeaseLostException extends RuntimeException {

    private static final long serialVersionUID = 1;

    LeaseLostException() {
        super("Another process works on this window, or its run has ended.");
    }
}
