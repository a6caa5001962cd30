package dev.billingexport.api;

import org.jspecify.annotations.Nullable;

/**
 * The API didn't give what was asked. Retries are spent when this is thrown: don't retry at once. The message is for an
 * operator, one line and free of credentials.
 */
public abstract sealed class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String route;
    private final @Nullable String sessionId;
    private final int attempts;
    private final @Nullable String code;
    private final boolean apis;

    /** @param failure whose cause tells no secret */
    ApiException(Route route, int attempts, Failure failure, String message) {
        super(message, failure.getCause());
        this.route = route.name();
        this.sessionId = route.sessionId();
        this.attempts = attempts;
        this.code = failure.code();
        this.apis = failure.apis();
    }

    /** Method and path as the vendor documents them, such as {@code GET /sessions/{session_id}/cdr}. */
    public String route() {
        return route;
    }

    /** The session that was asked for, null where the route has none. */
    public @Nullable String sessionId() {
        return sessionId;
    }

    /** Requests that were made on the route before giving up; 0 where none was worth making. */
    public int attempts() {
        return attempts;
    }

    /** The vendor's code, else the HTTP status, or null where there was no answer that could be read. */
    public @Nullable String code() {
        return code;
    }

    /** Whether the API itself said so, as far as can be told: a page of HTML may be that of a proxy. */
    public boolean isSaidByApi() {
        return apis;
    }

    /** No proper answer, though one may come later: I/O, time-outs, 408, 429, 5xx, result 0, a body that can't be read. */
    public static final class Unavailable extends ApiException {

        private static final long serialVersionUID = 1;

        Unavailable(Route route, int attempts, Failure failure, String message) {
            super(route, attempts, failure, message);
        }
    }

    /**
     * The API answers nobody: it was asked at growing intervals until patience ended. It says nothing of the session that
     * was asked for. Every later call on the same client fails the same way, without a request.
     */
    public static final class Down extends ApiException {

        private static final long serialVersionUID = 1;

        Down(Route route, int attempts, Failure failure, String message) {
            super(route, attempts, failure, message);
        }
    }

    /**
     * No request reaches the API until somebody changes a setting: the server's certificate is not trusted, or the proxy
     * wants other credentials. It says nothing of the session that was asked for.
     */
    public static final class Unreachable extends ApiException {

        private static final long serialVersionUID = 1;

        Unreachable(Route route, int attempts, Failure failure, String message) {
            super(route, attempts, failure, message);
        }
    }

    /** The credentials are not accepted, or not for this. */
    public static final class Denied extends ApiException {

        private static final long serialVersionUID = 1;

        Denied(Route route, int attempts, Failure failure, String message) {
            super(route, attempts, failure, message);
        }
    }

    /** There is no such thing (404). */
    public static final class Missing extends ApiException {

        private static final long serialVersionUID = 1;

        Missing(Route route, int attempts, Failure failure, String message) {
            super(route, attempts, failure, message);
        }
    }

    /** The API finds the request wrong: the same request would be refused again. */
    public static final class Refused extends ApiException {

        private static final long serialVersionUID = 1;

        Refused(Route route, int attempts, Failure failure, String message) {
            super(route, attempts, failure, message);
        }
    }
}
