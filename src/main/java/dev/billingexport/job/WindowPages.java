package dev.billingexport.job;

import dev.billingexport.api.ReportingClient;
import dev.billingexport.api.SessionPage;
import dev.billingexport.api.SessionQuery;
import dev.billingexport.api.SourceProperties;
import dev.billingexport.session.Filter;
import dev.billingexport.session.Period;
import dev.billingexport.session.Window;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
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
 * The pages of the windows' listings.
 *
 * <p>Pages can be requested before a window's worker starts: the API lists sixty windows in a third of the time that
 * Batch takes to insert the workers in its tables. Keeps nothing across restarts. Thread-safe.
 */
final class WindowPages {

    /** Long enough to hold several sessions, if there are several at all. */
    private static final Duration WIDE = Duration.ofDays(31);

    private final ReportingClient client;
    private final SourceProperties source;
    private final List<Filter.@Nullable Term> terms;
    private final Executor executor;
    private final Clock clock;
    private final Map<String, Ahead> ahead = new ConcurrentHashMap<>();
    private volatile Duration reach = Duration.ZERO;
    private volatile boolean pageIsHonoured;

    /** A listing whose pages are being read in advance. */
    private record Ahead(WindowListing listing, Future<?> pages) {}

    WindowPages(ReportingClient client, SourceProperties source, Executor executor, Clock clock) {
        this.client = client;
        this.source = source;
        this.executor = executor;
        this.clock = clock;
        Filter wanted = source.wanted();
        terms = wanted == null
                ? Arrays.asList((Filter.@Nullable Term) null)
                : new ArrayList<>(wanted.terms().toList());
    }

    /**
     * Starts a pass over windows: requests their pages in advance and drops the pages of other windows.
     *
     * @param reach how far beyond its ends each window is listed
     * @param mostRows rows that may wait in memory for their workers; at most twice as many do
     */
    void begin(Period period, List<Window> windows, Duration reach, long mostRows) {
        this.reach = reach;
        ahead.clear();
        AtomicLong room = new AtomicLong(mostRows);
        windows.stream().limit(mostRows / source.pageLength()).forEach(window -> {
            List<ListedPages> parts = new ArrayList<>();
            WindowListing listing = listing(period, window, parts);
            FutureTask<?> pages = new FutureTask<>(() -> readAhead(parts, room), null);
            ahead.put(window.name(), new Ahead(listing, pages));
            executor.execute(pages);
        });
    }

    /** Returns a window's listing. Pages that were read in advance are given to one caller only. */
    WindowListing of(Period period, Window window) {
        Ahead asked = ahead.remove(window.name());
        if (asked == null) {
            return listing(period, window, new ArrayList<>());
        }
        WindowListing listing = asked.listing();
        List<IntFunction<SessionPage>> parts = listing.parts().stream()
                .map(pages -> (IntFunction<SessionPage>) number -> {
                    FetchAhead.result(asked.pages());
                    return pages.apply(number);
                })
                .toList();
        return new WindowListing(window, listing.asked(), listing.reach(), listing.begun(), parts);
    }

    /** Reads all pages, unless all windows together have too many rows. */
    private static void readAhead(List<ListedPages> parts, AtomicLong room) {
        for (ListedPages pages : parts) {
            SessionPage last;
            do {
                last = pages.readAhead();
                if (room.addAndGet(-last.sessions().size() - last.flawed().size()) <= 0) {
                    return;
                }
            } while (!last.isEmpty());
        }
    }

    /** @param parts receives the pages of each value */
    private WindowListing listing(Period period, Window window, List<ListedPages> parts) {
        Duration beyond = reach;
        AskedRange asked = source.dateFilter() == SourceProperties.DateFilter.NONE
                ? AskedRange.EVERYTHING
                : AskedRange.around(window, period, beyond);
        for (Filter.@Nullable Term term : terms) {
            parts.add(new ListedPages(
                    window.name(),
                    number -> page(window, asked, term, number, source.pageLength()),
                    () -> honoursPage(window)));
        }
        return new WindowListing(window, asked, beyond, clock.instant(), List.copyOf(parts));
    }

    private SessionPage page(Window window, AskedRange asked, Filter.@Nullable Term term, int number, int pageLength) {
        return client.sessions(new SessionQuery(window.appType(), asked.from(), asked.to(), term, number, pageLength));
    }

    /** Returns whether the API returns different pages. Tested with a wide range and pages of one session. */
    private boolean honoursPage(Window window) {
        if (!pageIsHonoured) {
            Instant from = window.start().minus(WIDE);
            Instant to = window.end().plus(WIDE);
            AskedRange wide = new AskedRange(from, to);
            SessionPage first = page(window, wide, null, 1, 1);
            SessionPage second = page(window, wide, null, 2, 1);
            pageIsHonoured = !second.isEmpty() && !second.hasSameSessionsAs(first);
        }
        return pageIsHonoured;
    }
}
