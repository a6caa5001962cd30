package dev.billingexport.testing;

import dev.billingexport.sample.ChangeableAnswers;
import dev.billingexport.sample.SampleAccount;
import dev.billingexport.sample.SampleApi;
import dev.billingexport.sample.SampleRequest;
import dev.billingexport.sample.SampleSession;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.Collection;
import java.util.function.Consumer;

/**
 * The sample API over any sessions, which also misbehaves as it is told. It knows one account, {@link SampleAccount}.
 * Everything may be changed while it runs, from any thread.
 */
public final class FakeApi implements AutoCloseable {

    private final Counters counters = new Counters();
    private final ChangeableAnswers answers;
    private final FaultyHandler handler;
    private final SampleApi server;

    private FakeApi(int port, Behaviour behaviour, Collection<? extends SampleSession> sessions, Clock clock) {
        answers = new ChangeableAnswers(sessions, clock);
        handler = new FaultyHandler(answers, counters, clock, behaviour);
        server = ChangeableAnswers.serve(port, handler);
    }

    /**
     * Starts a server on the system's clock.
     *
     * @param port 0 for any that is free
     * @throws UncheckedIOException if the server can't listen on the port
     */
    public static FakeApi start(int port, Behaviour behaviour, Collection<? extends SampleSession> sessions) {
        return start(port, behaviour, sessions, Clock.systemUTC());
    }

    /**
     * Starts a server.
     *
     * @param port 0 for any that is free
     * @param clock what tokens expire by
     * @throws UncheckedIOException if the server can't listen on the port
     */
    public static FakeApi start(
            int port, Behaviour behaviour, Collection<? extends SampleSession> sessions, Clock clock) {
        return new FakeApi(port, behaviour, sessions, clock);
    }

    /** Returns the API's address, such as {@code http://127.0.0.1:8080/ucaas/v1}. */
    public URI baseUrl() {
        return server.baseUrl();
    }

    /** Returns the counts of what was asked so far. */
    public Counters counters() {
        return counters;
    }

    /** Changes the behaviour for the requests that arrive from now on; seeded faults start anew. */
    public void behave(Behaviour behaviour) {
        handler.behave(behaviour);
    }

    /**
     * Calls a listener on each request before it is answered, on the request's own thread; replaces the one before.
     * What the listener changes in the data shows in that very answer.
     */
    public void onRequest(Consumer<SampleRequest> listener) {
        handler.onRequest(listener);
    }

    /** Adds a session, or replaces the one of the same id and application. */
    public void put(SampleSession session) {
        answers.put(session);
    }

    /** Removes a session, if it is there. */
    public void remove(String sessionId) {
        answers.remove(sessionId);
    }

    /** Lets every token expire that was issued so far: 403 from here on. */
    public void expireTokens() {
        answers.expireTokens();
    }

    /** Forgets every token that was issued so far: 401 with code 1001 from here on. */
    public void forgetTokens() {
        answers.forgetTokens();
    }

    /** Accepts one more key of the account from now on; null revokes it. */
    public void acceptToo(String appKey) {
        handler.acceptToo(appKey);
    }

    /** Stops at once. Requests in flight get no answer. The port is free a moment later. */
    @Override
    public void close() {
        handler.close();
        server.close();
    }
}
