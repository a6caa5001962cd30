package dev.billingexport.job;

import dev.billingexport.api.ApiException;
import dev.billingexport.api.SessionPage;
import dev.billingexport.ledger.KnownSession;
import dev.billingexport.ledger.Ledger;
import dev.billingexport.ledger.Listing;
import dev.billingexport.ledger.Run;
import dev.billingexport.session.Filter;
import dev.billingexport.session.Problem;
import dev.billingexport.session.Session;
import dev.billingexport.session.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads the sessions of one window, page by page until an empty page, and returns each session once that the ledger
 * lacks or has with other values. A short page is not the end, because the server may limit the page length. Keeps
 * exactly the half-open window. Writes nothing: {@link #listing()} returns what the ledger must record.
 *
 * <p>Keeps no state across restarts: it lists the window again and skips collected sessions. Not thread-safe; one
 * instance a partition.
 */
class SessionPageReader implements ItemStreamReader<Session> {

    /** A row further outside was not requested at all, even with the bounds rounded. */
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    /** An API that truncates dates to seconds may list sessions that lie less than this outside. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    /** Assumed length of a session whose row can't be read or lacks its start or end. */
    private static final Duration UNKNOWN_LENGTH = Duration.ofDays(1);

    /**
     * Rows that move between pages repeat a page or two. A server that repeats more pages ignores the page number, and
     * the listing would never end.
     */
    private static final int REPEATED_PAGES = 20;

    /**
     * Ten thousand sessions on pages of 100 rows: from here on it is worth two requests to check that the listing ends.
     */
    private static final int PAGES_BEFORE_DOUBT = 100;

    private static final int FAR_PAGE = 100_000;

    /** Limit of a window, which bounds the memory for its ids. */
    private static final int MAX_SESSIONS = 1_000_000;

    /**
     * Limit of a launch. Otherwise one changing session would use up all confirming passes, and all other sessions
     * would wait for it.
     */
    private static final int MAX_CHANGES = 3;

    private static final String RESTLESS = "The API's listings contradict each other about this session: it was listed"
            + " with other values, left out or listed under the other application %d times.";

    private final WindowListing listing;
    private final Window window;
    private final Ledger ledger;
    private final Run run;
    private final @Nullable Filter filter;

    private final Queue<Session> pending = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> seenInPart = new HashSet<>();
    private final Set<String> listed = new HashSet<>();
    private final List<Problem> flawed = new ArrayList<>();
    private final Set<String> changed = new HashSet<>();
    private final Map<String, Long> leftOut = new HashMap<>();
    private final Map<String, Duration> strays = new HashMap<>();
    private @Nullable Duration displaced;
    private long added;
    private int part;
    private int page;
    private int repeatedPages;

    SessionPageReader(WindowListing listing, Ledger ledger, Run run, @Nullable Filter filter) {
        this.listing = listing;
        this.window = listing.window();
        this.ledger = ledger;
        this.run = run;
        this.filter = filter;
    }

    @Override
    public @Nullable Session read() {
        while (pending.isEmpty()) {
            if (part == listing.parts().size()) {
                return null;
            }
            page++;
            SessionPage next = pages().apply(page);
            if (next.isEmpty()) {
                part++;
                page = 0;
                repeatedPages = 0;
                seenInPart.clear();
                continue;
            }
            // An API that repeats its last page for each further number answers both requests with the same page, which
            // ListedPages makes empty.
            if (page == PAGES_BEFORE_DOUBT && isThere(FAR_PAGE) && isThere(FAR_PAGE + 1)) {
                throw endless("even on page " + FAR_PAGE);
            }
            take(next);
        }
        return pending.remove();
    }

    /** Returns the result of the listing. To be called once it is read completely. */
    Listing listing() {
        return new Listing(
                listed, flawed, added, changed, listing.begun(), listing.reach(), leftOut, strays, displaced);
    }

    private IntFunction<SessionPage> pages() {
        return listing.parts().get(part);
    }

    private boolean isThere(int number) {
        try {
            return !pages().apply(number).isEmpty();
        } catch (ApiException.Refused | ApiException.Missing noSuchPage) {
            return false;
        }
    }

    private void take(SessionPage next) {
        int before = seenInPart.size();
        next.sessions().forEach(session -> seenInPart.add(session.sessionId()));
        next.flawed().forEach(row -> seenInPart.add(row.sessionId()));
        List<Session> fresh = next.sessions().stream()
                .filter(session -> seen.add(session.sessionId()))
                .toList();
        List<SessionPage.Flawed> freshFlawed =
                next.flawed().stream().filter(row -> seen.add(row.sessionId())).toList();
        repeatedPages = seenInPart.size() == before ? repeatedPages + 1 : 0;
        if (repeatedPages > REPEATED_PAGES) {
            throw ListingException.pageIgnored(
                    window.name(),
                    page,
                    "sessions of earlier pages only, as it did the " + REPEATED_PAGES + " pages before");
        }
        if (seen.size() > MAX_SESSIONS) {
            throw endless("and there are more than " + MAX_SESSIONS + " so far");
        }
        noteListed(next);
        takeFlawed(freshFlawed);
        take(fresh.stream().filter(this::wanted).toList());
    }

    private void take(List<Session> wanted) {
        Map<String, KnownSession> known =
                ledger.known(run, wanted.stream().map(Session::sessionId).toList());
        for (Session session : wanted) {
            KnownSession before = known.get(session.sessionId());
            if (before != null && before.changes() >= MAX_CHANGES) {
                flawed.add(problem(session.sessionId(), session.transDate(), RESTLESS.formatted(before.changes())));
                continue;
            }
            listed.add(session.sessionId());
            if (before == null) {
                added++;
                pending.add(session);
            } else if (!before.session().equals(session)) {
                changed.add(session.sessionId());
                pending.add(session);
            } else if (!before.complete()) {
                pending.add(session);
            }
        }
    }

    /**
     * Records rows that can't be read. They don't count as listed: an older version of such a session in the ledger
     * must not be billed.
     */
    private void takeFlawed(List<SessionPage.Flawed> rows) {
        for (SessionPage.Flawed row : rows) {
            Instant date = row.transDate();
            if (date == null || isInWindow(row.sessionId(), date, UNKNOWN_LENGTH)) {
                flawed.add(problem(row.sessionId(), date, row.flaw()));
            }
        }
    }

    private boolean wanted(Session session) {
        Instant date = session.date();
        if (date == null) {
            flawed.add(problem(
                    session.sessionId(),
                    null,
                    "The API lists this session without any date, so it belongs to no period."));
            return false;
        }
        Duration length = length(session);
        boolean inWindow = isInWindow(session.sessionId(), date, length);
        if (session.appType() != window.appType()) {
            return false;
        }
        if (inWindow) {
            return matches(session);
        }
        if (listing.reach().isZero()
                && run.key().period().contains(date)
                && (filter == null || filter.matches(session))) {
            strays.put(session.sessionId(), length);
        }
        return false;
    }

    /**
     * Counts a row with another value of the filter. Dropping it silently would hide that the API writes values
     * differently than the filter.
     */
    private boolean matches(Session session) {
        if (filter == null || filter.matches(session)) {
            return true;
        }
        leftOut.merge(filter.values().get(part), 1L, Long::sum);
        return false;
    }

    /** Notes that the value has sessions, even if an earlier value listed the same ones. */
    private void noteListed(SessionPage next) {
        if (filter != null
                && (!next.flawed().isEmpty() || next.sessions().stream().anyMatch(this::isOfWindow))) {
            leftOut.putIfAbsent(filter.values().get(part), 0L);
        }
    }

    private boolean isOfWindow(Session session) {
        Instant date = session.date();
        return date != null && window.contains(date) && session.appType() == window.appType();
    }

    private static Duration length(Session session) {
        Duration length = session.length();
        return session.hasBothEnds() || length.compareTo(UNKNOWN_LENGTH) > 0 ? length : UNKNOWN_LENGTH;
    }

    /**
     * Returns whether a date is in the window. Fails for a date further outside the requested range than the session is
     * long: the API may filter by one end of a session while {@code trans_date} is the other, but not by more.
     */
    private boolean isInWindow(String sessionId, Instant date, Duration length) {
        Duration outside = listing.asked().distance(date);
        if (outside.compareTo(length.plus(TOLERANCE)) > 0) {
            throw new ListingException(
                    "Asked for the sessions from " + listing.asked().from() + " to "
                            + listing.asked().to()
                            + ", the API answered with session " + sessionId + " of " + date
                            + ": it ignores from_session_date and to_session_date. " + ListingException.WHERE_TO_LOOK
                            + " If this API knows no date filter, set export.source.date-filter to none and resume.");
        }
        if (outside.compareTo(ROUNDING) > 0) {
            Duration atLeast = length.compareTo(TOLERANCE) > 0 ? length : TOLERANCE;
            displaced = displaced == null || displaced.compareTo(atLeast) < 0 ? atLeast : displaced;
        }
        return window.contains(date);
    }

    private static Problem problem(String sessionId, @Nullable Instant transDate, String cause) {
        return new Problem(sessionId, transDate, Problem.Part.SESSION, cause, 1);
    }

    private ListingException endless(String howFar) {
        return new ListingException("The sessions of " + window.name()
                + " seem to be endless: the API returns more of them on every page, " + howFar + ". "
                + ListingException.WHERE_TO_LOOK);
    }
}
