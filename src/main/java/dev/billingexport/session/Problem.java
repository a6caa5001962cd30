package dev.billingexport.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A part of one session that could not be collected.
 *
 * @param transDate the session's date, null where it is unknown
 * @param cause what happened, for an operator; free of credentials
 * @param attempts requests that were made before giving up
 */
public record Problem(String sessionId, @Nullable Instant transDate, Part part, String cause, int attempts) {

    /** The part of the session that is missing. */
    public enum Part {
        /** The session itself: its listed row can't be billed, or it is no longer listed. */
        SESSION("session"),
        /** Its call details. */
        CALL_DETAILS("cdr"),
        /** Its recordings. */
        RECORDINGS("recordings");

        private final String code;

        Part(String code) {
            this.code = code;
        }

        /** Returns the code used in {@code problems.csv} and in the ledger. */
        public String code() {
            return code;
        }
    }
}
