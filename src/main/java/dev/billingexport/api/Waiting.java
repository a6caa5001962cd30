package dev.billingexport.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why no answers arrive at present.
 *
 * @param since when it began
 * @param said the API's last answer, one line and free of credentials; null where there was none
 * @param nextTry when the next request is made if no answer arrives before
 */
public record Waiting(
        Reason reason, Instant since, @Nullable String said, Instant nextTry) {

    /** What is waited for. */
    public enum Reason {
        /** The end of an outage: one probe at growing intervals for all requests. */
        OUTAGE,
        /** The end of a pause that the API asked for. */
        PAUSE,
        /** The next attempt of failed requests, while no other request is made. */
        RETRY,
        /** The answer to a request. */
        ANSWER
    }
}
