package dev.billingexport.api;

import dev.billingexport.session.Session;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing, in the API's order. A row that can't be read doesn't affect the others: the caller decides
 * what happens to it.
 */
public record SessionPage(List<Session> sessions, List<Flawed> flawed) {

    /**
     * A row without a session id, or with a field that can't be read.
     *
     * @param sessionId as listed, or {@code unnamed-} and a suffix that is always the same for the same row
     * @param transDate null where it is missing or can't be read
     * @param flaw names the field and what is wrong with it, in one line for an operator; free of credentials
     */
    public record Flawed(String sessionId, @Nullable Instant transDate, String flaw) {}

    /** The page that ends a listing. */
    public static final SessionPage EMPTY = new SessionPage(List.of(), List.of());

    /** Copies both lists. */
    public SessionPage {
        sessions = List.copyOf(sessions);
        flawed = List.copyOf(flawed);
    }

    /** Returns whether both pages list the same sessions, in any order and with any values. */
    public boolean hasSameSessionsAs(SessionPage other) {
        return sessionIds().equals(other.sessionIds());
    }

    private Set<String> sessionIds() {
        return Stream.concat(
                        sessions.stream().map(Session::sessionId),
                        flawed.stream().map(Flawed::sessionId))
                .collect(Collectors.toSet());
    }

    /** Returns whether the page has no rows, which ends the listing. A page with fewer rows than requested doesn't. */
    public boolean isEmpty() {
        return sessions.isEmpty() && flawed.isEmpty();
    }
}
