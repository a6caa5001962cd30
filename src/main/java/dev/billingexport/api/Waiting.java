package dev.billingexport.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why nothing comes from the API for now.
 *
 * @param since when it began
 * @param said what the API answered last, one line and free of credentials; null where it answered nothing
 * @param nextTry when it is asked again, if it doesn't answer before
 */
public record Waiting(
        Reason reason, Instant since, @Nullable String said, Instant nextTry) {

    /** What it is that is waited for. */
    public enum Reason {
        /** The API to be up again: one request at growing intervals asks for all. */
        OUTAGE,
        /** The end of a pause that the API asked for. */
        PAUSE,
        /** The next try of what has failed, while nothing else is asked. */
        RETRY,
        /** An answer. */
        ANSWER
    }
}
