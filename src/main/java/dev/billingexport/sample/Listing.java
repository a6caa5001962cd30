package dev.billingexport.sample;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import dev.billingexport.session.Filter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one application as they stand at a moment, by date. A page costs no more than its rows, however many
 * sessions there are: dates are found by bisection, searches and orders are remembered. Thread-safe.
 */
final class Listing {

    private static final int REMEMBERED = 64;

    /** What was searched or ordered: a slice of the dates, and how. */
    private record Selected(int start, int end, Query.Selection selection) {}

    private static final Comparator<SampleSession> BY_DATE =
            comparing(SampleSession::date).thenComparing(SampleSession::sessionId);

    private final List<SampleSession> byDate;
    private final Map<String, SampleSession> byId;
    private final Map<Selected, List<SampleSession>> selected = new ConcurrentHashMap<>();

    Listing(Collection<SampleSession> sessions) {
        byId = new HashMap<>(sessions.size() * 2);
        for (SampleSession session : sessions) {
            byId.put(session.sessionId(), session);
        }
        byDate = new ArrayList<>(byId.values());
        byDate.sort(BY_DATE);
    }

    Listing with(SampleSession session) {
        List<SampleSession> sessions = new ArrayList<>(byDate);
        sessions.add(session);
        return new Listing(sessions);
    }

    Listing without(String sessionId) {
        List<SampleSession> sessions = new ArrayList<>(byDate);
        sessions.removeIf(session -> session.sessionId().equals(sessionId));
        return new Listing(sessions);
    }

    @Nullable
    SampleSession find(String sessionId) {
        return byId.get(sessionId);
    }

    /** One page of a selection, under the behaviour's caps, bounds, order and repetitions. */
    List<SampleSession> page(Query query, Behaviour behaviour) {
        List<SampleSession> rows = select(query.selection(), behaviour);
        int length = Math.min(query.pageLength(), behaviour.maxPageLength());
        int step = Math.max(1, length - behaviour.repeatedRows());
        long start = (query.page() - 1L) * step;
        if (start >= rows.size()) {
            return List.of();
        }
        int from = (int) start;
        int to = Math.min(rows.size(), from + length);
        if (!scrambled(query.selection(), behaviour)) {
            return rows.subList(from, to);
        }
        List<SampleSession> page = new ArrayList<>(to - from);
        for (int position = from; position < to; position++) {
            page.add(rows.get(scramble(position, rows.size())));
        }
        return page;
    }

    private static boolean scrambled(Query.Selection selection, Behaviour behaviour) {
        return switch (behaviour.order()) {
            case BY_DATE -> false;
            case SCRAMBLED -> selection.orderBy().isEmpty();
            case ALWAYS_SCRAMBLED -> true;
        };
    }

    /** A permutation of the positions below a size: multiplying by a prime that doesn't divide it hits each once. */
    private static int scramble(int position, int size) {
        long prime = size % 7919 == 0 ? 7907 : 7919;
        return (int) ((position * prime + size / 2) % size);
    }

    private List<SampleSession> select(Query.Selection selection, Behaviour behaviour) {
        int start = 0;
        int end = byDate.size();
        if (!behaviour.filterIgnored()) {
            start = selection.from() == null ? start : firstAt(selection.from(), behaviour.fromInclusive());
            end = selection.to() == null ? end : firstAt(selection.to(), !behaviour.toInclusive());
        }
        List<SampleSession> range = byDate.subList(Math.min(start, end), end);
        if (selection.searchBy() == null && selection.orderBy().isEmpty() && !selection.descending()) {
            return range;
        }
        if (selected.size() >= REMEMBERED) {
            selected.clear();
        }
        return selected.computeIfAbsent(
                new Selected(start, end, selection), key -> searchAndSort(range, key.selection()));
    }

    private static List<SampleSession> searchAndSort(List<SampleSession> range, Query.Selection selection) {
        List<SampleSession> found = new ArrayList<>();
        Filter.Field searchBy = selection.searchBy();
        for (SampleSession session : range) {
            if (searchBy == null || Objects.equals(session.value(searchBy), selection.searchString())) {
                found.add(session);
            }
        }
        Comparator<SampleSession> order = null;
        for (Filter.Field field : selection.orderBy()) {
            Comparator<SampleSession> next = comparing(session -> session.value(field), nullsFirst(naturalOrder()));
            order = order == null ? next : order.thenComparing(next);
        }
        order = order == null ? BY_DATE : order.thenComparing(BY_DATE);
        found.sort(selection.descending() ? order.reversed() : order);
        return found;
    }

    /** The position of the first session at a date, or after it where the date itself shall be passed. */
    private int firstAt(Instant date, boolean inclusive) {
        int low = 0;
        int high = byDate.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            int comparison = byDate.get(middle).date().compareTo(date);
            if (comparison < 0 || (comparison == 0 && !inclusive)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
