package dev.billingexport.run;

import org.jspecify.annotations.Nullable;

/**
 * How a launch ended.
 *
 * @param failure what went wrong, where something was thrown; null for a run that failed for its sessions' problems alone
 */
public record Outcome(Kind kind, @Nullable Throwable failure) {

    /** The three ways. */
    public enum Kind {
        DELIVERED,
        STOPPED,
        FAILED
    }
}
