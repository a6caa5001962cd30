package dev.billingexport.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.Collection;
import java.util.function.Consumer;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.apache.hc.core5.http.impl.bootstrap.ServerBootstrap;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * The stand-in for the vendor's API: an HTTP server on the loopback interface that answers as its documentation says
 * and misbehaves as it is told. It knows one account, {@link SampleAccount}. Everything may be changed while it runs,
 * from any thread. Nothing survives its end: tokens of one server are strangers to the next.
 */
public final class SampleApi implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final String ROOT = "/ucaas/v1";
    private static final int BACKLOG = 1024;

    private final Counters counters = new Counters();
    private final Catalogue catalogue;
    private final Access access;
    private final FrontDoor door;
    private final HttpServer server;

    private SampleApi(int port, Behaviour behaviour, Collection<? extends SampleSession> sessions, Clock clock)
            throws IOException {
        catalogue = new Catalogue(sessions);
        access = new Access(clock);
        door = new FrontDoor(ROOT, new Answers(catalogue, access, counters), counters, clock, behaviour);
        server = ServerBootstrap.bootstrap()
                .setLocalAddress(InetAddress.getByName(HOST))
                .setListenerPort(port)
                .setSocketConfig(SocketConfig.custom()
                        .setSoTimeout(Timeout.DISABLED)
                        .setTcpNoDelay(true)
                        .setSoReuseAddress(true)
                        .setBacklogSize(BACKLOG)
                        .build())
                .setRequestRouter((request, context) -> door)
                .create();
        server.start();
    }

    /**
     * Starts a server on the system's clock.
     *
     * @param port 0 for any that is free
     * @throws UncheckedIOException if the port can't be had
     */
    public static SampleApi start(int port, Behaviour behaviour, Collection<? extends SampleSession> sessions) {
        return start(port, behaviour, sessions, Clock.systemUTC());
    }

    /**
     * Starts a server.
     *
     * @param port 0 for any that is free
     * @param clock what tokens expire by
     * @throws UncheckedIOException if the port can't be had
     */
    public static SampleApi start(
            int port, Behaviour behaviour, Collection<? extends SampleSession> sessions, Clock clock) {
        try {
            return new SampleApi(port, behaviour, sessions, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The sample API can't listen on port " + port + " (" + e.getMessage() + "): choose another one.",
                    e);
        }
    }

    /** Where the API is, such as {@code http://127.0.0.1:8080/ucaas/v1}. */
    public URI baseUrl() {
        return URI.create("http://" + HOST + ":" + server.getLocalPort() + ROOT);
    }

    /** What was asked so far. */
    public Counters counters() {
        return counters;
    }

    /** Changes the behaviour for the requests that arrive from now on; seeded faults start anew. */
    public void behave(Behaviour behaviour) {
        door.behave(behaviour);
    }

    /**
     * Calls a listener on each request before it is answered, on the request's own thread; replaces the one before.
     * What the listener changes in the data shows in that very answer.
     */
    public void onRequest(Consumer<SampleRequest> listener) {
        door.onRequest(listener);
    }

    /** Adds a session, or replaces the one of the same id and application. */
    public void put(SampleSession session) {
        catalogue.put(session);
    }

    /** Takes a session away, if it is there. */
    public void remove(String sessionId) {
        catalogue.remove(sessionId);
    }

    /** Lets every token that was given out expire now: 403 from here on. */
    public void expireTokens() {
        access.expireTokens();
    }

    /** Forgets every token that was given out: 401 with code 1001 from here on. */
    public void forgetTokens() {
        access.forgetTokens();
    }

    /** Stops at once; requests in flight end without an answer, and the port is free a moment later. */
    @Override
    public void close() {
        door.close();
        server.close(CloseMode.IMMEDIATE);
    }
}
