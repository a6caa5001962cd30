package dev.billingexport.api;

import org.jspecify.annotations.Nullable;

/**
 * What is asked of the API, for messages.
 *
 * @param name method and path as the vendor documents them
 */
record Route(String name, @Nullable String sessionId) {

    static final Route LOGIN = new Route("POST /login", null);
    static final Route SESSIONS = new Route("GET /sessions", null);

    static Route callDetails(String sessionId) {
        return new Route("GET /sessions/{session_id}/cdr", sessionId);
    }

    static Route recordings(String sessionId) {
        return new Route("GET /sessions/{session_id}/recordings", sessionId);
    }

    /**
     * Refuses the two ids that no encoding keeps from being read as a step within the path: another route would answer.
     *
     * @throws Failure if the session can't be asked for
     */
    void requireAskable() {
        if (".".equals(sessionId) || "..".equals(sessionId)) {
            throw new Failure(Failure.Kind.REFUSED, null, "no URL can hold this session id", null, null);
        }
    }

    @Override
    public String toString() {
        return sessionId == null ? name : name + " of session " + sessionId;
    }
}
