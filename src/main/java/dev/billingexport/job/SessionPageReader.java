package dev.billingexport.job;

import dev.billingexport.api.ReportingClient;
import dev.billingexport.api.SessionQuery;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * Hands out the sessions of one window that the ledger lacks or has otherwise, each once, page by page until an empty
 * page: a short page is not the end, for the server may cap what it was asked for. It asks a second wider at both ends,
 * since nobody knows whether they are inclusive, and keeps exactly the half-open window.
 *
 * <p>Nothing of it survives a restart, and nothing needs to: it lists the window again and leaves out what is collected.
 * Not thread-safe; one for each partition.
 */
class SessionPageReader implements ItemReader<Session> {

    private static final Duration MARGIN = Duration.ofSeconds(1);

    /** Beyond this a row was not asked for at all, whatever the rounding at the ends. */
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    /** Rows that shift repeat a page or two; a server that repeats more ignores the page number and would never end. */
    private static final int REPEATED_PAGES = 20;

    private final ReportingClient client;
    private final Ledger ledger;
    private final Run run;
    private final Window window;
    private final @Nullable Filter filter;
    private final int pageLength;

    private final Queue<Session> pending = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> listed = new HashSet<>();
    private long news;
    private int page;
    private int repeatedPages;

    SessionPageReader(
            ReportingClient client, Ledger ledger, Run run, Window window, @Nullable Filter filter, int pageLength) {
        this.client = client;
        this.ledger = ledger;
        this.run = run;
        this.window = window;
        this.filter = filter;
        this.pageLength = pageLength;
    }

    @Override
    public @Nullable Session read() {
        while (pending.isEmpty()) {
            List<Session> sessions = nextPage();
            if (sessions.isEmpty()) {
                return null;
            }
            take(sessions);
        }
        return pending.remove();
    }

    /** Enters the listing, after its end, and once all that was handed out is in the ledger or about to be. */
    void listed() {
        ledger.listed(run, window, new Listing(listed, news));
    }

    private List<Session> nextPage() {
        page++;
        return client.sessions(new SessionQuery(
                window.appType(), window.start().minus(MARGIN), window.end().plus(MARGIN), filter, page, pageLength));
    }

    private void take(List<Session> sessions) {
        List<Session> fresh = sessions.stream()
                .filter(session -> seen.add(session.sessionId()))
                .toList();
        repeatedPages = fresh.isEmpty() ? repeatedPages + 1 : 0;
        if (repeatedPages > REPEATED_PAGES) {
            throw new ListingException(
                    "The API answers page " + page + " of the sessions of " + window.name()
                            + " with sessions of earlier pages only, as it did the " + REPEATED_PAGES
                            + " pages before: it seems to ignore the parameter page. Check export.source.base-url and every proxy before it.");
        }
        List<Session> wanted = fresh.stream().filter(this::wanted).toList();
        Map<String, KnownSession> known =
                ledger.known(run, wanted.stream().map(Session::sessionId).toList());
        for (Session session : wanted) {
            listed.add(session.sessionId());
            KnownSession before = known.get(session.sessionId());
            if (before == null || !before.session().equals(session)) {
                news++;
                pending.add(session);
            } else if (!before.complete()) {
                pending.add(session);
            }
        }
    }

    private boolean wanted(Session session) {
        Instant date = session.date();
        if (date == null) {
            ledger.write(
                    run,
                    window,
                    new Problem(
                            session.sessionId(),
                            null,
                            Problem.Part.SESSION,
                            "The API lists this session without any date, so that it belongs to no period.",
                            1));
            return false;
        }
        if (date.isBefore(window.start().minus(TOLERANCE))
                || date.isAfter(window.end().plus(TOLERANCE))) {
            throw new ListingException(
                    "Asked for the sessions from " + window.start() + " to " + window.end()
                            + ", the API answered with session " + session.sessionId() + " of " + date
                            + ": it ignores from_session_date and to_session_date. Check export.source.base-url and every proxy before it.");
        }
        return window.contains(date)
                && session.appType() == window.appType()
                && (filter == null || filter.matches(session));
    }
}
