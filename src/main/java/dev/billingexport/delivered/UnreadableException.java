package dev.billingexport.delivered;

/** A delivered file can't be read as what it claims to be. */
public final class UnreadableException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** @param file its name in the delivery, with which the message begins */
    UnreadableException(String file, String what) {
        super(file + ": " + what);
    }
}
