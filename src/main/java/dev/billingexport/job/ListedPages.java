package dev.billingexport.job;

import dev.billingexport.api.SessionPage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one listing by their numbers, from 1. An empty page ends the listing; a repetition of the last page is
 * returned as an empty page. Not thread-safe.
 */
final class ListedPages implements IntFunction<SessionPage> {

    private final String listing;
    private final IntFunction<SessionPage> api;
    private final BooleanSupplier honoursPage;
    private final List<SessionPage> ahead = new ArrayList<>();
    private int number;
    private @Nullable SessionPage page;

    /**
     * @param listing name of the listing, for messages
     * @param api requests a page
     * @param honoursPage whether the API is known to return different pages, which a single page can't show
     */
    ListedPages(String listing, IntFunction<SessionPage> api, BooleanSupplier honoursPage) {
        this.listing = listing;
        this.api = api;
        this.honoursPage = honoursPage;
    }

    /** Requests the next page and keeps it for a later call. */
    SessionPage readAhead() {
        SessionPage next = ask(ahead.size() + 1);
        ahead.add(next);
        return next;
    }

    /** @throws ListingException if every page equals the first one */
    @Override
    public SessionPage apply(int wanted) {
        return wanted <= ahead.size() ? ahead.get(wanted - 1) : ask(wanted);
    }

    private SessionPage ask(int wanted) {
        SessionPage before = wanted == number + 1 ? page : null;
        SessionPage next = api.apply(wanted);
        if (before != null && isSame(next, before)) {
            next = api.apply(wanted);
            if (isSame(next, before)) {
                if (wanted == 2 && !honoursPage.getAsBoolean()) {
                    throw ListingException.pageIgnored(listing, wanted, "the sessions of page 1, twice");
                }
                next = SessionPage.EMPTY;
            }
        }
        number = wanted;
        page = next;
        return next;
    }

    private static boolean isSame(SessionPage next, SessionPage before) {
        return !next.isEmpty() && next.hasSameSessionsAs(before);
    }
}
