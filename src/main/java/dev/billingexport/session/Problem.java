package dev.billingexport.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something about one session that could not be collected.
 *
 * @param transDate the session's date, null where it is not known
 * @param cause what happened, in words for an operator; free of credentials
 * @param attempts requests that were made for it before giving up
 */
public record Problem(String sessionId, @Nullable Instant transDate, Part part, String cause, int attempts) {

    /** What of the session is missing. */
    public enum Part {
        /** The session itself: listed in a way that can't be billed, or no longer listed. */
        SESSION("session"),
        /** Its call details. */
        CALL_DETAILS("cdr"),
        /** Its recordings. */
        RECORDINGS("recordings");

        private final String code;

        Part(String code) {
            this.code = code;
        }

        /** The word in {@code problems.csv} and in the ledger. */
        public String code() {
            return code;
        }
    }
}
