package dev.billingexport.sample;

import dev.billingexport.session.AppType;
import dev.billingexport.testing.Behaviour;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.io.HttpRequestHandler;

/**
 * The sample API's own answers, over any sessions and under a {@link Behaviour}. The package-private classes of the
 * product are opened here for the fixtures, and nowhere else. Thread-safe: a change replaces a listing, and no request
 * sees half of one.
 */
public final class ChangeableAnswers {

    private final Map<AppType, Listing> listings = new ConcurrentHashMap<>();
    private final Clock clock;
    private volatile Duration skipped = Duration.ZERO;
    private volatile Access access;

    /** @param clock what tokens expire by */
    public ChangeableAnswers(Collection<? extends SampleSession> sessions, Clock clock) {
        this.clock = clock;
        for (AppType appType : AppType.values()) {
            listings.put(
                    appType,
                    new IndexedListing(sessions.stream()
                            .filter(session -> session.appType() == appType)
                            .toList()));
        }
        forgetTokens();
    }

    /** Starts the sample API's server with another handler. */
    public static SampleApi serve(int port, HttpRequestHandler handler) {
        return SampleApi.serve(port, handler);
    }

    /** Returns the request by its route, or null where there is no such route. */
    public static SampleRequest request(ClassicHttpRequest asked) throws ProtocolException {
        return SampleRequest.of(asked);
    }

    /** Fills the response with the answer under a behaviour. Faults, limits and latency are not considered. */
    public void answer(ClassicHttpRequest asked, ClassicHttpResponse response, Behaviour behaviour)
            throws IOException, ProtocolException {
        Reply reply = new Answers(access, listings::get) {
            @Override
            List<SampleSession> page(Listing listing, Query query) {
                return ((IndexedListing) listing).page(query, behaviour);
            }
        }.answer(asked);
        if (behaviour.resultAsText()) {
            reply = new Reply(reply.status(), reply.body().replaceFirst("^\\{\"result\":1,", "{\"result\":\"1\","));
        }
        reply.send(response);
    }

    /** Adds a session, or replaces the one of the same id and application. */
    public void put(SampleSession session) {
        change(session.appType(), sessions -> {
            List<SampleSession> more = new ArrayList<>(sessions);
            more.add(session);
            return more;
        });
    }

    /** Removes a session of any application, if it is there. */
    public void remove(String sessionId) {
        for (AppType appType : AppType.values()) {
            change(
                    appType,
                    sessions -> sessions.stream()
                            .filter(session -> !session.sessionId().equals(sessionId))
                            .toList());
        }
    }

    /** Lets every token expire that was issued so far: 403. */
    public synchronized void expireTokens() {
        skipped = skipped.plusDays(1);
    }

    /** Forgets every token that was issued so far: 401 with code 1001. */
    public synchronized void forgetTokens() {
        access = new Access(() -> clock.instant().plus(skipped));
    }

    private void change(AppType appType, UnaryOperator<List<SampleSession>> change) {
        listings.computeIfPresent(
                appType, (key, listing) -> new IndexedListing(change.apply(((IndexedListing) listing).all())));
    }

    /** A listing that sorts each selection once: a page costs no more than its rows, however many sessions there are. */
    private static final class IndexedListing extends Listing {

        private static final int MAX_SELECTIONS = 256;

        private final List<SampleSession> sessions;
        private final Map<Query.Selection, List<SampleSession>> selections = new ConcurrentHashMap<>();

        private IndexedListing(List<? extends SampleSession> sessions) {
            super(sessions);
            this.sessions = List.copyOf(sessions);
        }

        private List<SampleSession> all() {
            return sessions;
        }

        @Override
        List<SampleSession> select(Query.Selection selection) {
            if (selections.size() >= MAX_SELECTIONS) {
                selections.clear();
            }
            return selections.computeIfAbsent(selection, super::select);
        }

        private List<SampleSession> page(Query query, Behaviour behaviour) {
            List<SampleSession> rows = select(selection(query.selection(), behaviour));
            int length = Math.min(query.pageLength(), behaviour.maxPageLength());
            int step = Math.max(1, length - behaviour.repeatedRows());
            long start = (query.page() - 1L) * step;
            if (start >= rows.size()) {
                return List.of();
            }
            int from = (int) start;
            int to = Math.min(rows.size(), from + length);
            if (!behaviour.scrambled()) {
                return rows.subList(from, to);
            }
            List<SampleSession> page = new ArrayList<>(to - from);
            for (int position = from; position < to; position++) {
                page.add(rows.get(scramble(position, rows.size())));
            }
            return page;
        }

        private static Query.Selection selection(Query.Selection asked, Behaviour behaviour) {
            Instant from = asked.from();
            Instant to = asked.to();
            if (behaviour.filterIgnored()) {
                from = null;
                to = null;
            }
            if (from != null && !behaviour.fromInclusive()) {
                from = from.plusNanos(1);
            }
            if (to != null && !behaviour.toInclusive()) {
                to = to.minusNanos(1);
            }
            return new Query.Selection(
                    from, to, asked.searchBy(), asked.searchString(), asked.orderBy(), asked.descending());
        }

        /** A permutation of the positions below a size: a prime that doesn't divide it, as a factor, hits each once. */
        private static int scramble(int position, int size) {
            long prime = size % 7919 == 0 ? 7907 : 7919;
            return (int) ((position * prime + size / 2) % size);
        }
    }
}
