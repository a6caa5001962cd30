package dev.billingexport.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One request failed. Whether that is the end of it is for {@link Retries} to say; never leaves this package. */
final class Failure extends RuntimeException {

    /** What an {@link ApiException} will be made of it. */
    enum Kind {
        UNAVAILABLE,
        DENIED,
        MISSING,
        REFUSED
    }

    private static final long serialVersionUID = 1;

    private final Kind kind;
    private final @Nullable String code;
    private final @Nullable Duration retryAfter;

    Failure(
            Kind kind,
            @Nullable String code,
            String message,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** An answer of success that makes no sense: the next one may. */
    static Failure malformed(String message) {
        return new Failure(Kind.UNAVAILABLE, null, "the answer is malformed: " + message, null, null);
    }

    /** The same failure, seen as another kind. */
    Failure as(Kind other) {
        return new Failure(other, code, String.valueOf(getMessage()), retryAfter, getCause());
    }

    Kind kind() {
        return kind;
    }

    @Nullable
    String code() {
        return code;
    }

    /** How long the server asked to be left alone, null where it didn't. */
    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
