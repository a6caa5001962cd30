package dev.billingexport.cli;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A proxy before the API that remembers by what it was authorised, and answers some requests by repeating all of it in
 * an error's message.
 */
final class Eavesdropper implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Set<String> authorizations = ConcurrentHashMap.newKeySet();
    private final URI api;
    private final int status;
    private final Predicate<String> betrayed;
    private final HttpServer server;

    private Eavesdropper(URI api, int status, Predicate<String> betrayed, HttpServer server) {
        this.api = api;
        this.status = status;
        this.betrayed = betrayed;
        this.server = server;
        server.createContext("/", this::pass);
        server.start();
    }

    /** Answers that status to the requests whose path is betrayed. */
    static Eavesdropper before(URI api, int status, Predicate<String> betrayed) {
        try {
            InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            return new Eavesdropper(api, status, betrayed, HttpServer.create(loopback, 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + api.getRawPath();
    }

    /** What was sent behind the scheme in the header Authorization: the encoded key, or tokens. */
    Set<String> authorizations() {
        return authorizations;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] asked = exchange.getRequestBody().readAllBytes();
            Headers headers = exchange.getRequestHeaders();
            String authorization = headers.getFirst("Authorization");
            if (authorization != null) {
                authorizations.add(authorization.split(" ")[1]);
            }
            if (betrayed.test(exchange.getRequestURI().getPath())) {
                String all = authorization + " " + new String(asked, StandardCharsets.UTF_8);
                answer(exchange, status, JsonMapper.shared().writeValueAsBytes(Map.of("result", status, "msg", all)));
                return;
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create("http://" + api.getAuthority() + exchange.getRequestURI()))
                    .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(asked));
            Stream.of("Authorization", "Content-Type", "X-Api-Id", "X-App-Type")
                    .filter(headers::containsKey)
                    .forEach(name -> request.header(name, headers.getFirst(name)));
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            answer(exchange, response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
