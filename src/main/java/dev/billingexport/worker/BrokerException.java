package dev.billingexport.worker;

/** The broker can't be reached, or refuses. */
public final class BrokerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
