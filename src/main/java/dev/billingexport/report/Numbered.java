package dev.billingexport.report;

import dev.billingexport.session.Session;
import dev.billingexport.session.SessionUsage;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A row that belongs to a session, with that session's place.
 *
 * @param number the session's place among the period's sessions, from 1; 0 where nobody needs it
 */
record Numbered<T>(long number, T row) {

    static <T> Stream<Numbered<T>> zero(Stream<T> rows) {
        return rows.map(row -> new Numbered<>(0, row));
    }

    /** Numbers rows that come in the order of their sessions, which are streamed beside them. */
    static <T> Stream<Numbered<T>> of(Stream<SessionUsage> sessions, Stream<T> rows, Function<T, Session> session) {
        Counter counter = new Counter(sessions.iterator());
        return rows.map(row -> new Numbered<>(counter.number(session.apply(row)), row))
                .onClose(sessions::close);
    }

    private static final class Counter {

        private final Iterator<SessionUsage> sessions;
        private long number;
        private String sessionId = "";

        Counter(Iterator<SessionUsage> sessions) {
            this.sessions = sessions;
        }

        long number(Session session) {
            while (!sessionId.equals(session.sessionId())) {
                sessionId = sessions.next().session().sessionId();
                number++;
            }
            return number;
        }
    }
}
