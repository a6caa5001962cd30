package dev.billingexport.testing;

import dev.billingexport.sample.Route;
import dev.billingexport.sample.SampleRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What the sample API was asked, from its start or the last {@link #reset()} on. Thread-safe. */
public final class Counters {

    private record Key(Route route, String sessionId) {}

    private final Map<Route, LongAdder> byRoute = new ConcurrentHashMap<>();
    private final Map<Key, Long> bySession = new ConcurrentHashMap<>();
    private final LongAdder logins = new LongAdder();
    private final LongAdder pages = new LongAdder();
    private final AtomicLong faults = new AtomicLong();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger highestInFlight = new AtomicInteger();

    Counters() {}

    /** Requests of a route, however they were answered. */
    public long requests(Route route) {
        LongAdder count = byRoute.get(route);
        return count == null ? 0 : count.sum();
    }

    /** Requests of a route for one session, however they were answered. */
    public long requests(Route route, String sessionId) {
        return bySession.getOrDefault(new Key(route, sessionId), 0L);
    }

    /** Logins that were granted a token. */
    public long logins() {
        return logins.sum();
    }

    /** Pages of a listing that were served, empty ones included. */
    public long pages() {
        return pages.sum();
    }

    /** Requests that met a fault. */
    public long faults() {
        return faults.get();
    }

    /** The highest number of requests that were in flight at once. */
    public int highestInFlight() {
        return highestInFlight.get();
    }

    /** Starts counting afresh; requests in flight go on to be counted as such. */
    public void reset() {
        byRoute.clear();
        bySession.clear();
        logins.reset();
        pages.reset();
        faults.set(0);
        highestInFlight.set(inFlight.get());
    }

    void arrived(SampleRequest request) {
        byRoute.computeIfAbsent(request.route(), route -> new LongAdder()).increment();
        if (request.sessionId() != null) {
            bySession.merge(new Key(request.route(), request.sessionId()), 1L, Long::sum);
        }
    }

    void entered() {
        highestInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    }

    void left() {
        inFlight.decrementAndGet();
    }

    void loggedIn() {
        logins.increment();
    }

    void pageServed() {
        pages.increment();
    }

    void faulted() {
        faults.incrementAndGet();
    }
}
