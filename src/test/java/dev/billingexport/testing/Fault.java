package dev.billingexport.testing;

/** What the sample API can do to a request instead of answering it. */
public enum Fault {
    /** 500 with the API's error body. */
    ERROR_500,
    /** 503, as in maintenance. */
    UNAVAILABLE_503,
    /** 429 without {@code Retry-After}. */
    RATE_LIMIT_429,
    /** 429 with {@code Retry-After} in seconds. */
    RATE_LIMIT_SECONDS,
    /** 429 with {@code Retry-After} as an HTTP date. */
    RATE_LIMIT_DATE,
    /** 404 with the API's error body: for a session whose details are gone for good. */
    NOT_FOUND,
    /** {@code result} 0 under 200. */
    RESULT_ZERO,
    /** A proxy's HTML page under 200. */
    HTML,
    /** JSON under 200 that says {@code result} 1 and isn't the answer that was asked for. */
    NONSENSE,
    /** The right answer, cut short: the connection closes after half of it. */
    TRUNCATED,
    /** The connection is closed without an answer. */
    DISCONNECT,
    /** No answer at all until the server is closed. */
    HANG
}
