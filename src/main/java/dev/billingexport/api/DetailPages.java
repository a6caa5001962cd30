package dev.billingexport.api;

import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Recording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all pages of a session's call details or recordings. The API doesn't document paging here and doesn't announce
 * further pages. A list whose length is a usual page length (10, 50 or 100 rows) is therefore asked for its second
 * page, unless a longer list was seen before. One instance a kind of list and application. Thread-safe.
 */
final class DetailPages<T> {

    private static final Logger log = LoggerFactory.getLogger(DetailPages.class);

    private static final Pattern QUERY = Pattern.compile("[?#].*", Pattern.DOTALL);

    private static final Set<Integer> USUAL_LENGTHS = Set.of(10, 50, 100);

    /** No session has this many pages of call details. */
    private static final int MAX_PAGES = 1_000;

    private final Function<T, Object> identity;
    private final AtomicInteger longest = new AtomicInteger();
    private final AtomicBoolean told = new AtomicBoolean();

    /** @param identity returns the parts of a row that don't change while its session goes on */
    DetailPages(Function<T, Object> identity) {
        this.identity = identity;
    }

    /** Leaves out the end and the duration, which change while the connection lasts. */
    static Object identity(CallDetail row) {
        return Arrays.asList(
                row.callLogId(), row.callNum(), row.connectDt(), row.userRef(), row.name(), row.role(), row.ip());
    }

    /**
     * Leaves out play time and size, which change while recording goes on, and the URL's query, which may be signed
     * anew.
     */
    static Object identity(Recording row) {
        String path = QUERY.matcher(String.valueOf(row.file())).replaceFirst("");
        return Arrays.asList(path.substring(path.lastIndexOf('/') + 1), row.stage(), row.startTime());
    }

    /**
     * Returns the rows of all pages.
     *
     * @param route route of the first page
     * @param pages requests one page by its route
     * @throws ApiException if a page can't be read
     */
    List<T> all(Route route, Function<Route, List<T>> pages) {
        List<T> first = pages.apply(route);
        if (first.size() > longest.get()) {
            longest.accumulateAndGet(first.size(), Math::max);
        }
        boolean maybePaged = USUAL_LENGTHS.contains(first.size()) && first.size() == longest.get();
        return maybePaged ? withFurtherPages(route, first, pages) : first;
    }

    private List<T> withFurtherPages(Route route, List<T> first, Function<Route, List<T>> pages) {
        List<T> all = new ArrayList<>(first);
        List<T> before = first;
        Route asked = route;
        for (int number = 2; number <= MAX_PAGES; number++) {
            Route further = route.page(number, all.size());
            List<T> next = page(further, asked, pages);
            if (next.isEmpty() || holds(next, before) || holds(next, first)) {
                return all;
            }
            if (told.compareAndSet(false, true)) {
                log.info("{} answers in pages of {} rows: all of them are read", route.name(), first.size());
            }
            all.addAll(next);
            before = next;
            asked = further;
        }
        Failure endless = Failure.malformed("it has more than " + MAX_PAGES + " pages");
        throw new ApiException.Unavailable(route, MAX_PAGES, endless, String.valueOf(endless.getMessage()));
    }

    /**
     * Requests a page that may not exist. An API that doesn't know the page, or doesn't know paging, may refuse it:
     * then there are no more rows. A 404 that isn't the API's own counts only if the page before still exists and this
     * page is missing twice.
     */
    private List<T> page(Route route, Route before, Function<Route, List<T>> pages) {
        try {
            return pages.apply(route);
        } catch (ApiException.Refused | ApiException.Missing e) {
            if (e.isSaidByApi()) {
                return List.of();
            }
            if (e instanceof ApiException.Refused || pages.apply(before).isEmpty()) {
                throw e;
            }
        }
        try {
            return pages.apply(route);
        } catch (ApiException.Missing again) {
            return List.of();
        }
    }

    /**
     * Returns whether a page holds all of the given rows again. Then the API ignores the page number or repeats its
     * last page.
     */
    private boolean holds(List<T> page, List<T> rows) {
        Map<Object, Integer> count = new HashMap<>();
        page.forEach(row -> count.merge(identity.apply(row), 1, Integer::sum));
        return rows.stream().allMatch(row -> count.merge(identity.apply(row), -1, Integer::sum) >= 0);
    }
}
