package dev.billingexport.ledger;

/** Another process works on the ledger. */
public abstract class InUseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String holder;

    InUseException(String message, String holder) {
        super(message);
        this.holder = holder;
    }

    /** Returns who works there: process, host and since when. */
    public String holder() {
        return holder;
    }
}
