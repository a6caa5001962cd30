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
 * <p>They can be asked for before a window's worker is there: the API lists sixty windows in a third of the
 * time that Batch takes to enter their workers in its tables. Nothing of it survives a restart. Thread-safe.
 */
final class WindowPages {

    /** Holds more than one session, where there is more than one at all. */
    private static final Duration WIDE = Duration.ofDays(31);

    private final ReportingClient client;
    private final SourceProperties source;
    private final List<Filter.@Nullable Term> terms;
    private final Executor executor;
    private final Clock clock;
    private final Map<String, Ahead> ahead = new ConcurrentHashMap<>();
    private volatile Duration reach = Duration.ZERO;
    private volatile boolean pageIsHonoured;

    /** A listing whose pages are being asked for. */
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
     * Begins a pass over these windows: begins to ask for their pages, and forgets those of all others.
     *
     * @param reach how far beyond its ends each window is listed from now on
     * @param mostRows that shall wait in memory until their workers come; at most it is twice as many
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

    /** A window's listing; what was asked for ahead is given to one caller. */
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

    /** All of them, unless all windows together have too many. */
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

    /** @param parts is given the pages of each value */
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

    /** Whether the API was seen to answer two pages differently: of a wide range, a session a page. */
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
