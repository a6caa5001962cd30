package dev.billingexport.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real server on loopback that plays back what a test wrote down, and remembers what it was asked. */
public final class ScriptedApi implements AutoCloseable {

    /** How one request is answered. */
    public interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    /** What was asked. */
    public record Asked(String method, String path, String query, Map<String, List<String>> headers, String body) {

        public String header(String name) {
            return String.join(",", headers.getOrDefault(name, List.of()));
        }
    }

    /** A session that is always answered for, without a word about it. */
    public static final String WARM_UP = "warm-up";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Answer> script = new ConcurrentLinkedQueue<>();
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile Answer otherwise = json(500, "{\"result\":500,\"msg\":\"the script is over\"}");

    public ScriptedApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public static Answer json(int status, String body, String... headers) {
        return body(status, "application/json", body, headers);
    }

    public static Answer ok(String body) {
        return json(200, body);
    }

    public static Answer body(int status, String type, String body, String... headers) {
        return exchange -> {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    /** One that doesn't say how long it is. */
    public static Answer chunked(String body) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(body.getBytes(UTF_8));
        };
    }

    /** The next answers, one a request; after them the last one of {@link #always}. */
    public ScriptedApi then(Answer... answers) {
        script.addAll(List.of(answers));
        return this;
    }

    public ScriptedApi always(Answer answer) {
        otherwise = answer;
        return this;
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public Asked onlyAsked() {
        if (asked.size() != 1) {
            throw new AssertionError("not asked once: " + asked);
        }
        return asked.get(0);
    }

    public long count(String path) {
        return asked().stream().filter(request -> request.path().equals(path)).count();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/ucaas/v1");
    }

    private void handle(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().endsWith("/" + WARM_UP + "/cdr")) {
            ok("{\"result\":1,\"cdr\":[]}").to(exchange);
            return;
        }
        asked.add(new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath().replaceFirst("^/ucaas/v1", ""),
                String.valueOf(exchange.getRequestURI().getRawQuery()),
                Map.copyOf(exchange.getRequestHeaders()),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        Answer next = script.poll();
        (next == null ? otherwise : next).to(exchange);
        // Not in a finally: an answer that throws is one that is cut off.
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
