package dev.billingexport.ledger;

/** PostgreSQL can't be used as it is set up; the message says what is to be set, and no secret. */
public final class DatabaseSetupException extends RuntimeException {

    private static final long serialVersionUID = 1;

    DatabaseSetupException(String message) {
        super(message);
    }

    DatabaseSetupException(String message, Throwable cause) {
        super(message, cause);
    }
}
