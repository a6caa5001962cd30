package dev.billingexport.cli;

/** What was asked for can't be done as it was asked; nothing was started. The message says what to do. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }

    UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
