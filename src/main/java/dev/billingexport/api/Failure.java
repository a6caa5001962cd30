package dev.billingexport.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The failure of one request. {@link Retries} decides whether to try again. Never leaves this package: callers get an
 * {@link ApiException}.
 */
final class Failure extends RuntimeException {

    /** Kind of failure; decides which {@link ApiException} is thrown in the end. */
    enum Kind {
        UNAVAILABLE,
        /** A successful answer without any content: a fault, or the API's way to say that there are no rows. */
        BLANK,
        /** Too many requests, or what looks like it: 429, 503, and a firewall's 401 or 403. */
        BUSY,
        DENIED,
        MISSING,
        REFUSED,
        /**
         * The API can't be reached with these settings: an untrusted certificate, or a proxy that wants other
         * credentials.
         */
        UNREACHABLE,
        /** The API has answered no request for longer than the time limit. */
        DOWN;

        /** Returns whether the same request may succeed in a moment. */
        boolean isTransient() {
            return this == UNAVAILABLE || this == BLANK || this == BUSY;
        }
    }

    private static final long serialVersionUID = 1;

    private final Kind kind;
    private final @Nullable String code;
    private final @Nullable Duration retryAfter;
    private final boolean apis;

    Failure(
            Kind kind,
            @Nullable String code,
            String message,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        this(kind, code, message, retryAfter, cause, false);
    }

    Failure(
            Kind kind,
            @Nullable String code,
            String message,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause,
            boolean apis) {
        super(message, cause);
        this.kind = kind;
        this.code = code;
        this.retryAfter = retryAfter;
        this.apis = apis;
    }

    /** A successful answer that can't be understood; the next one may be right. */
    static Failure malformed(String message) {
        return malformed(message, null);
    }

    /** As {@link #malformed(String)}, where the server also asks to wait. */
    static Failure malformed(String message, @Nullable Duration retryAfter) {
        return malformed(Kind.UNAVAILABLE, message, retryAfter);
    }

    /** A successful answer without any content. */
    static Failure blank(String message, @Nullable Duration retryAfter) {
        return malformed(Kind.BLANK, message, retryAfter);
    }

    private static Failure malformed(Kind kind, String message, @Nullable Duration retryAfter) {
        return new Failure(kind, null, "the answer is malformed: " + message, retryAfter, null);
    }

    /**
     * No request has succeeded for the whole time limit. Has no cause, because the command line would print the cause
     * in place of this message.
     *
     * @param answered whether any request ever succeeded
     */
    static Failure down(Duration patience, Failure last, boolean answered) {
        return new Failure(
                Kind.DOWN,
                last.code,
                (answered ? "The API is down" : "The API has not answered since this run began")
                        + ": every request failed for " + patience.toSeconds() + " s, the last with "
                        + last.getMessage(),
                null,
                null,
                last.apis);
    }

    /** Returns the same failure with another kind. */
    Failure as(Kind other) {
        return new Failure(other, code, String.valueOf(getMessage()), retryAfter, getCause(), apis);
    }

    /** Returns the same failure, marked as coming from something other than the API. */
    Failure byAnother() {
        return new Failure(
                Kind.BUSY,
                code,
                getMessage() + ", probably by a firewall or a proxy, not by the API: the API has accepted the"
                        + " same credentials before",
                retryAfter,
                getCause(),
                apis);
    }

    /** Returns the same failure with a cause whose stack trace holds no secret. */
    Failure with(Redaction redaction) {
        return new Failure(kind, code, String.valueOf(getMessage()), retryAfter, redaction.clean(getCause()), apis);
    }

    Kind kind() {
        return kind;
    }

    @Nullable
    public String code() {
        return code;
    }

    /** Returns whether the answer came from the API itself, as far as its form shows. A proxy's page doesn't. */
    boolean apis() {
        return apis;
    }

    /** Returns how long the server asked to wait, null where it didn't. */
    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
