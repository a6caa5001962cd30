package dev.billingexport.job;

import dev.billingexport.api.ReportingClient;
import dev.billingexport.api.SessionPage;
import dev.billingexport.api.SessionQuery;
import dev.billingexport.session.Filter;
import dev.billingexport.session.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The pages of the windows' listings. It asks a second wider at both ends, since nobody knows whether they are inclusive.
 *
 * <p>They can be asked for before a window's worker is there: the API lists sixty windows in a third of the
 * time that Batch takes to enter their workers in its tables. Nothing of it survives a restart. Thread-safe.
 */
final class WindowPages {

    private static final Duration MARGIN = Duration.ofSeconds(1);

    /** Holds more than one session, where there is more than one at all. */
    private static final Duration WIDE = Duration.ofDays(31);

    private final ReportingClient client;
    private final @Nullable Filter filter;
    private final int pageLength;
    private final Executor executor;
    private final Map<String, Future<ListedPages>> ahead = new ConcurrentHashMap<>();
    private volatile boolean pageIsHonoured;

    WindowPages(ReportingClient client, @Nullable Filter filter, int pageLength, Executor executor) {
        this.client = client;
        this.filter = filter;
        this.pageLength = pageLength;
        this.executor = executor;
    }

    /**
     * Begins to ask for the pages of these windows, and forgets those of all others.
     *
     * @param mostRows that shall wait in memory until their workers come; at most it is twice as many
     */
    void askAhead(List<Window> windows, long mostRows) {
        ahead.clear();
        AtomicLong room = new AtomicLong(mostRows);
        windows.stream().limit(mostRows / pageLength).forEach(window -> {
            FutureTask<ListedPages> pages = new FutureTask<>(() -> firstPages(window, room));
            ahead.put(window.name(), pages);
            executor.execute(pages);
        });
    }

    /** A window's pages by their numbers, from 1; those that were asked for ahead are given to one caller. */
    IntFunction<SessionPage> of(Window window) {
        Future<ListedPages> asked = ahead.remove(window.name());
        ListedPages fresh = pages(window);
        return number -> (asked == null ? fresh : ReadAhead.result(asked)).apply(number);
    }

    /** All of them, unless all windows together have too many. */
    private ListedPages firstPages(Window window, AtomicLong room) {
        ListedPages pages = pages(window);
        SessionPage last;
        do {
            last = pages.readAhead();
        } while (!last.isEmpty()
                && room.addAndGet(-last.sessions().size() - last.flawed().size()) > 0);
        return pages;
    }

    private ListedPages pages(Window window) {
        return new ListedPages(window.name(), number -> page(window, number), () -> honoursPage(window));
    }

    private SessionPage page(Window window, int number) {
        return client.sessions(new SessionQuery(
                window.appType(), window.start().minus(MARGIN), window.end().plus(MARGIN), filter, number, pageLength));
    }

    /** Whether the API was seen to answer two pages differently: of a wide range, a session a page. */
    private boolean honoursPage(Window window) {
        if (!pageIsHonoured) {
            Instant from = window.start().minus(WIDE);
            Instant to = window.end().plus(WIDE);
            SessionPage first = client.sessions(new SessionQuery(window.appType(), from, to, filter, 1, 1));
            SessionPage second = client.sessions(new SessionQuery(window.appType(), from, to, filter, 2, 1));
            pageIsHonoured = !second.isEmpty() && !second.hasSameSessionsAs(first);
        }
        return pageIsHonoured;
    }
}
