package dev.billingexport.cli;

import java.util.List;

/** The command can't be executed as typed; nothing was started. The message says what to do. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String[] complaints;

    UsageException(String message) {
        this(List.of(message));
    }

    /** @param complaints at least one */
    UsageException(List<String> complaints) {
        super(String.join("\n", complaints));
        this.complaints = complaints.toArray(String[]::new);
    }

    UsageException(String message, Throwable cause) {
        super(message, cause);
        this.complaints = new String[] {message};
    }

    /** Returns all errors, a line each. */
    List<String> complaints() {
        return List.of(complaints);
    }
}
