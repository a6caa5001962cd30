package dev.billingexport.cli;

import java.util.List;

/** What was asked for can't be done as it was asked; nothing was started. The message says what to do. */
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

    /** Everything that is wrong, to be told in a line each. */
    List<String> complaints() {
        return List.of(complaints);
    }
}
