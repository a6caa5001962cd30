package dev.billingexport.run;

import org.jspecify.annotations.Nullable;

/**
 * How a launch ended.
 *
 * @param failure the exception; null for a run that failed only because of problems of sessions
 */
public record Outcome(Kind kind, @Nullable Throwable failure) {

    /** Ways in which a launch ends. */
    public enum Kind {
        DELIVERED,
        STOPPED,
        FAILED
    }
}
