package dev.billingexport.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * What is asked of the API.
 *
 * @param name method and path as the vendor documents them
 * @param list the field of the answer that holds its rows, null where it has none
 * @param sessionId the session that is asked for, null where the route has none
 * @param page of the list, from 1
 * @param part which part of the list it is, for messages; may be empty
 */
record Route(String name, @Nullable String list, @Nullable String sessionId, int page, String part) {

    static final Route LOGIN = new Route("POST /login", null, null, 1, "");
    static final Route SESSIONS = new Route("GET /sessions", "sessions", null, 1, "");

    private static final String RECORDINGS = "recordings";

    static Route sessions(SessionQuery query) {
        return new Route(SESSIONS.name, SESSIONS.list, null, query.page(), " (" + query + ")");
    }

    static Route callDetails(String sessionId) {
        return new Route("GET /sessions/{session_id}/cdr", "cdr", sessionId, 1, "");
    }

    static Route recordings(String sessionId) {
        return new Route("GET /sessions/{session_id}/recordings", RECORDINGS, sessionId, 1, "");
    }

    /**
     * A further page of the same list.
     *
     * @param rows what the pages before it have
     */
    Route page(int number, int rows) {
        return new Route(name, list, sessionId, number, ", page " + number + " after " + rows + " rows");
    }

    /** Whether an answer without any content says that there are no more rows, where the API gives no other. */
    boolean mayBeBlank() {
        return page > 1 || RECORDINGS.equals(list);
    }

    /** Whether it is asked page by page until its end. */
    boolean isListing() {
        return list != null && sessionId == null;
    }

    /**
     * Refuses ids for which something else would answer: the two that no encoding keeps from being read as a step within
     * the path, and those with half a surrogate pair, which UTF-8 turns into a question mark.
     *
     * @throws Failure if the session can't be asked for
     */
    void requireAskable() {
        boolean another = sessionId != null
                && (sessionId.equals(".")
                        || sessionId.equals("..")
                        || !UTF_8.newEncoder().canEncode(sessionId));
        if (another) {
            throw new Failure(Failure.Kind.REFUSED, null, "no URL can hold this session id", null, null);
        }
    }

    @Override
    public String toString() {
        return (sessionId == null ? name : name + " of session " + sessionId) + part;
    }
}
