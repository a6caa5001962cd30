package dev.billingexport.sample;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Filter;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The sessions of one application. Immutable. */
class Listing {

    /** Limit of rows on a page. The vendor documents none. */
    static final int MAX_PAGE_LENGTH = 100;

    private static final Comparator<SampleSession> BY_DATE =
            comparing(SampleSession::date).thenComparing(SampleSession::sessionId);

    private final Map<String, SampleSession> byId = new HashMap<>();
    private final List<SampleSession> byDate;

    /** Holds each id once: the last one of these sessions. */
    Listing(Collection<? extends SampleSession> sessions) {
        sessions.forEach(session -> byId.put(session.sessionId(), session));
        byDate = byId.values().stream().sorted(BY_DATE).toList();
    }

    /** Divides sessions by application; each known application has a listing. */
    static Map<AppType, Listing> byAppType(Collection<? extends SampleSession> sessions) {
        return Stream.of(AppType.values())
                .collect(Collectors.toMap(
                        Function.identity(),
                        appType -> new Listing(sessions.stream()
                                .filter(session -> session.appType() == appType)
                                .toList())));
    }

    /** Returns the session of an id, or null where there is none. */
    @Nullable
    final SampleSession find(String sessionId) {
        return byId.get(sessionId);
    }

    /** Returns the rows of one page, empty past the end. */
    final List<SampleSession> page(Query query) {
        int length = Math.min(query.pageLength(), MAX_PAGE_LENGTH);
        return select(query.selection()).stream()
                .skip((query.page() - 1L) * length)
                .limit(length)
                .toList();
    }

    /** Returns all sessions that match a query, in its order; both dates are inclusive. */
    List<SampleSession> select(Query.Selection selection) {
        Filter.Field searchBy = selection.searchBy();
        return byDate.stream()
                .filter(session -> selection.covers(session.date()))
                .filter(session ->
                        searchBy == null || Objects.equals(session.value(searchBy), selection.searchString()))
                .sorted(order(selection))
                .toList();
    }

    private static Comparator<SampleSession> order(Query.Selection selection) {
        Comparator<SampleSession> order = BY_DATE;
        for (int i = selection.orderBy().size() - 1; i >= 0; i--) {
            Filter.Field field = selection.orderBy().get(i);
            order = Comparator.<SampleSession, @Nullable String>comparing(
                            session -> session.value(field), nullsFirst(naturalOrder()))
                    .thenComparing(order);
        }
        return selection.descending() ? order.reversed() : order;
    }
}
