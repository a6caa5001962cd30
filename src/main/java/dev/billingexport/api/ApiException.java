package dev.billingexport.api;

import org.jspecify.annotations.Nullable;

/**
 * The API didn't deliver what was requested. All retries are spent when this is thrown, so callers must not retry at
 * once. The message is one line for an operator and holds no credentials.
 */
public abstract sealed class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String route;
    private final @Nullable String sessionId;
    private final int attempts;
    private final @Nullable String code;
    private final boolean apis;

    /** @param failure the last failure; its cause must hold no secret */
    ApiException(Route route, int attempts, Failure failure, String message) {
        super(message, failure.getCause());
        this.route = route.name();
        this.sessionId = route.sessionId();
        this.attempts = attempts;
        this.code = failure.code();
        this.apis = failure.apis();
    }

    /** Returns the method and the path as the vendor documents them, such as {@code GET /sessions/{session_id}/cdr}. */
    public String route() {
        return route;
    }

    /** Returns the session that was requested, null where the route names none. */
    public @Nullable String sessionId() {
        return sessionId;
    }

    /** Returns how many requests were made before giving up; 0 where the request could not be made at all. */
    public int attempts() {
        return attempts;
    }

    /** Returns the vendor's error code, else the HTTP status; null where no answer could be read. */
    public @Nullable String code() {
        return code;
    }

    /**
     * Returns whether the error comes from the API itself, as far as its form shows. An HTML page may come from a
     * proxy.
     */
    public boolean isSaidByApi() {
        return apis;
    }

    /**
     * No usable answer; a later request may succeed. Causes: I/O errors, time-outs, 408, 429, 5xx, result 0, a body
     * that can't be read.
     */
    public static final class Unavailable extends ApiException {

        private static final long serialVersionUID = 1;

        Unavailable(Route route, int attempts, Failure failure, String message) {
            super(route, attempts, failure, message);
        }
    }

    /**
     * The API answers no request at all: it was probed at growing intervals until the time limit. Says nothing about
     * the requested session. Every later call on the same client fails the same way without a request.
     */
    public static final class Down extends ApiException {

        private static final long serialVersionUID = 1;

        Down(Route route, int attempts, Failure failure, String message) {
            super(route, attempts, failure, message);
        }
    }

    /**
     * No request reaches the API until a setting is changed: the server's certificate is not trusted, or the proxy
     * wants other credentials. Says nothing about the requested session.
     */
    public static final class Unreachable extends ApiException {

        private static final long serialVersionUID = 1;

        Unreachable(Route route, int attempts, Failure failure, String message) {
            super(route, attempts, failure, message);
        }
    }

    /** The API doesn't accept the credentials, or not for this request. */
    public static final class Denied extends ApiException {

        private static final long serialVersionUID = 1;

        Denied(Route route, int attempts, Failure failure, String message) {
            super(route, attempts, failure, message);
        }
    }

    /** The requested object doesn't exist (404). */
    public static final class Missing extends ApiException {

        private static final long serialVersionUID = 1;

        Missing(Route route, int attempts, Failure failure, String message) {
            super(route, attempts, failure, message);
        }
    }

    /** The API considers the request invalid: it would refuse the same request again. */
    public static final class Refused extends ApiException {

        private static final long serialVersionUID = 1;

        Refused(Route route, int attempts, Failure failure, String message) {
            super(route, attempts, failure, message);
        }
    }
}
