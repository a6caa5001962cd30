package dev.billingexport.api;

import dev.billingexport.session.Session;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing, in the order that the API chose. One row that makes no sense doesn't cost the others: what can
 * be said of it is left to whoever asked.
 */
public record SessionPage(List<Session> sessions, List<Flawed> flawed) {

    /**
     * A row that names no session, or says something of it that can't be read.
     *
     * @param sessionId as listed, or {@code unnamed-} and what is always the same for the same row
     * @param transDate null where it is missing or can't be read itself
     * @param flaw which field it is and what is wrong with it, in one line for an operator; free of credentials
     */
    public record Flawed(String sessionId, @Nullable Instant transDate, String flaw) {}

    /** The end of a listing. */
    public static final SessionPage EMPTY = new SessionPage(List.of(), List.of());

    /** Copies both lists. */
    public SessionPage {
        sessions = List.copyOf(sessions);
        flawed = List.copyOf(flawed);
    }

    /** Whether both have the same sessions, in whatever order and with whatever figures. */
    public boolean hasSameSessionsAs(SessionPage other) {
        return sessionIds().equals(other.sessionIds());
    }

    private Set<String> sessionIds() {
        return Stream.concat(
                        sessions.stream().map(Session::sessionId),
                        flawed.stream().map(Flawed::sessionId))
                .collect(Collectors.toSet());
    }

    /** Whether this is the end of the listing: a page with fewer rows than were asked for is not. */
    public boolean isEmpty() {
        return sessions.isEmpty() && flawed.isEmpty();
    }
}
