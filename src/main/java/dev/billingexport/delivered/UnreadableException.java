package dev.billingexport.delivered;

/** A delivered file has other content than it should. */
public final class UnreadableException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** @param file name in the delivery, with which the message begins */
    UnreadableException(String file, String what) {
        super(file + ": " + what);
    }
}
