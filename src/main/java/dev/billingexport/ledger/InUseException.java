package dev.billingexport.ledger;

/** Another process is at work on the ledger. */
public abstract class InUseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String holder;

    InUseException(String message, String holder) {
        super(message);
        this.holder = holder;
    }

    /** Who works there: process, host and since when. */
    public String holder() {
        return holder;
    }
}
