package dev.billingexport.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * The target of a request.
 *
 * @param name method and path as the vendor documents them
 * @param list the field of the answer that holds the rows, null where there is none
 * @param sessionId the requested session, null where the route names none
 * @param page page of the list, from 1
 * @param part describes the requested part of the list in messages; may be empty
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
     * Returns the route of a further page of the same list.
     *
     * @param rows number of rows on the pages before it
     */
    Route page(int number, int rows) {
        return new Route(name, list, sessionId, number, ", page " + number + " after " + rows + " rows");
    }

    /** Returns whether an answer without any content may mean that there are no more rows. */
    boolean mayBeBlank() {
        return page > 1 || RECORDINGS.equals(list);
    }

    /** Returns whether the list is read page by page until an empty page. */
    boolean isListing() {
        return list != null && sessionId == null;
    }

    /**
     * Refuses ids that would reach another path: {@code .} and {@code ..}, which servers resolve however they are
     * encoded, and ids with an unpaired surrogate, which UTF-8 replaces by a question mark.
     *
     * @throws Failure if the session can't be requested
     */
    void requireAskable() {
        boolean another = sessionId != null
                && (sessionId.equals(".")
                        || sessionId.equals("..")
                        || !UTF_8.newEncoder().canEncode(sessionId));
        if (another) {
            throw new Failure(Failure.Kind.REFUSED, null, "this session id can't be written into a URL", null, null);
        }
    }

    @Override
    public String toString() {
        return (sessionId == null ? name : name + " of session " + sessionId) + part;
    }
}
