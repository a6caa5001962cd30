package dev.billingexport.ledger;

/** PostgreSQL can't be used with its present setup. The message says what to change and holds no secret. */
public final class DatabaseSetupException extends RuntimeException {

    private static final long serialVersionUID = 1;

    DatabaseSetupException(String message) {
        super(message);
    }

    DatabaseSetupException(String message, Throwable cause) {
        super(message, cause);
    }
}
