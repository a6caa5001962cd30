package dev.billingexport.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.apache.hc.core5.http.impl.bootstrap.ServerBootstrap;
import org.apache.hc.core5.http.io.HttpRequestHandler;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * An HTTP server on the loopback interface that serves {@link RecordedSample} as the vendor's API would. It knows one
 * account, {@link SampleAccount}. Tokens are valid for the server that issued them only.
 */
public final class SampleApi implements AutoCloseable {

    /** The path that all routes start with. */
    static final String ROOT = "/ucaas/v1";

    private static final String HOST = "127.0.0.1";
    private static final int BACKLOG = 1024;

    private final HttpServer server;

    private SampleApi(int port, HttpRequestHandler handler) throws IOException {
        server = ServerBootstrap.bootstrap()
                .setLocalAddress(InetAddress.getByName(HOST))
                .setListenerPort(port)
                .setSocketConfig(SocketConfig.custom()
                        .setSoTimeout(Timeout.DISABLED)
                        .setTcpNoDelay(true)
                        .setSoReuseAddress(true)
                        .setBacklogSize(BACKLOG)
                        .build())
                .setRequestRouter((request, context) -> handler)
                .create();
        server.start();
    }

    /**
     * Starts a server.
     *
     * @param port 0 for any that is free
     * @throws IllegalArgumentException if the port is out of range
     * @throws UncheckedIOException if the server can't listen on the port
     */
    public static SampleApi start(int port) {
        Answers answers = new Answers(new Access(Clock.systemUTC()), Listing.byAppType(RecordedSample.sessions())::get);
        return serve(
                port, (request, response, context) -> answers.answer(request).send(response));
    }

    /** Starts a server that answers every request with one handler. */
    static SampleApi serve(int port, HttpRequestHandler handler) {
        try {
            return new SampleApi(port, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The sample API can't listen on port " + port + " (" + e.getMessage() + "): choose another one.",
                    e);
        }
    }

    /** Returns the API's address, such as {@code http://127.0.0.1:8080/ucaas/v1}. */
    public URI baseUrl() {
        return URI.create("http://" + HOST + ":" + server.getLocalPort() + ROOT);
    }

    /** Stops at once. Requests in flight get no answer. The port is free a moment later. */
    @Override
    public void close() {
        server.close(CloseMode.IMMEDIATE);
    }
}
