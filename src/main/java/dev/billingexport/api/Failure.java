package dev.billingexport.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One request failed. Whether that is the end of it is for {@link Retries} to say; never leaves this package. */
final class Failure extends RuntimeException {

    /** What an {@link ApiException} will be made of it. */
    enum Kind {
        UNAVAILABLE,
        /** Unavailable, or an odd way to say that there is nothing: a success without any content. */
        BLANK,
        /** Unavailable for there being too many requests, or so it seems: 429, 503, and a firewall's 401 or 403. */
        BUSY,
        DENIED,
        MISSING,
        REFUSED,
        /** The way there is closed: a certificate that is not trusted, a proxy that wants other credentials. */
        UNREACHABLE,
        /** Unavailable to everybody, and for too long. */
        DOWN;

        /** Whether the same request may succeed in a moment. */
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

    /** An answer of success that makes no sense: the next one may. */
    static Failure malformed(String message) {
        return malformed(message, null);
    }

    /** The same, where the server asks to be left alone. */
    static Failure malformed(String message, @Nullable Duration retryAfter) {
        return malformed(Kind.UNAVAILABLE, message, retryAfter);
    }

    /** An answer of success that has no content at all. */
    static Failure blank(String message, @Nullable Duration retryAfter) {
        return malformed(Kind.BLANK, message, retryAfter);
    }

    private static Failure malformed(Kind kind, String message, @Nullable Duration retryAfter) {
        return new Failure(kind, null, "the answer is malformed: " + message, retryAfter, null);
    }

    /**
     * Nobody had an answer of use for so long; without a cause, which would hide that from the command line.
     *
     * @param answered whether anybody ever had one
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

    /** The same failure, seen as another kind. */
    Failure as(Kind other) {
        return new Failure(other, code, String.valueOf(getMessage()), retryAfter, getCause(), apis);
    }

    /** A refusal that isn't the API's. */
    Failure byAnother() {
        return new Failure(
                Kind.BUSY,
                code,
                getMessage() + ", by something before the API, such as a firewall or a proxy: the API has accepted the"
                        + " same credentials before",
                retryAfter,
                getCause(),
                apis);
    }

    /** The same failure, of which a stack trace tells no secret. */
    Failure with(Redaction redaction) {
        return new Failure(kind, code, String.valueOf(getMessage()), retryAfter, redaction.clean(getCause()), apis);
    }

    Kind kind() {
        return kind;
    }

    @Nullable
    String code() {
        return code;
    }

    /** Whether the answer was the API's own, as far as can be told: a proxy's page isn't. */
    boolean apis() {
        return apis;
    }

    /** How long the server asked to be left alone, null where it didn't. */
    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
