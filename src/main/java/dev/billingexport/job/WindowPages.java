package dev.billingexport.job;

import dev.billingexport.api.ReportingClient;
import dev.billingexport.api.SessionPage;
import dev.billingexport.api.SessionQuery;
import dev.billingexport.session.Filter;
import dev.billingexport.session.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The pages of the windows' listings. It asks a second wider at both ends, since nobody knows whether they are inclusive.
 *
 * <p>The first pages can be asked for before a window's worker is there: the API lists sixty windows in a third of the
 * time that Batch takes to enter their workers in its tables. Nothing of it survives a restart. Thread-safe.
 */
final class WindowPages {

    private static final Duration MARGIN = Duration.ofSeconds(1);

    private static final int PAGES_AHEAD = 3;

    /** They wait in memory until their worker comes. */
    private static final long ROWS_AHEAD = 20_000;

    private final ReportingClient client;
    private final @Nullable Filter filter;
    private final int pageLength;
    private final Executor executor;
    private final Map<String, Future<List<SessionPage>>> ahead = new ConcurrentHashMap<>();

    WindowPages(ReportingClient client, @Nullable Filter filter, int pageLength, Executor executor) {
        this.client = client;
        this.filter = filter;
        this.pageLength = pageLength;
        this.executor = executor;
    }

    /** Begins to ask for the first pages of these windows, as far as they are few enough, and forgets those of all others. */
    void askAhead(List<Window> windows) {
        ahead.clear();
        windows.stream().limit(ROWS_AHEAD / PAGES_AHEAD / pageLength).forEach(window -> {
            FutureTask<List<SessionPage>> pages = new FutureTask<>(() -> firstPages(window));
            ahead.put(window.name(), pages);
            executor.execute(pages);
        });
    }

    /** A window's pages by their numbers, from 1; those that were asked for ahead are given to one caller. */
    IntFunction<SessionPage> of(Window window) {
        Future<List<SessionPage>> asked = ahead.remove(window.name());
        return number -> {
            List<SessionPage> first = asked == null ? List.of() : ReadAhead.result(asked);
            return number <= first.size() ? first.get(number - 1) : page(window, number);
        };
    }

    private List<SessionPage> firstPages(Window window) {
        List<SessionPage> pages = new ArrayList<>();
        SessionPage last;
        do {
            last = page(window, pages.size() + 1);
            pages.add(last);
        } while (!last.isEmpty() && pages.size() < PAGES_AHEAD);
        return pages;
    }

    private SessionPage page(Window window, int number) {
        return client.sessions(new SessionQuery(
                window.appType(), window.start().minus(MARGIN), window.end().plus(MARGIN), filter, number, pageLength));
    }
}
