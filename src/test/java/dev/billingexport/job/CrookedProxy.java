package dev.billingexport.job;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.UnaryOperator;

/** A proxy before the API that passes every request on, but for what it leaves out of the query or puts into X-App-Type. */
final class CrookedProxy implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI api;
    private final UnaryOperator<String> query;
    private final UnaryOperator<String> appType;
    private final HttpServer server;

    private CrookedProxy(URI api, UnaryOperator<String> query, UnaryOperator<String> appType) throws IOException {
        this.api = api;
        this.query = query;
        this.appType = appType;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::pass);
        server.start();
    }

    static CrookedProxy changingQuery(URI api, String regex, String replacement) throws IOException {
        return new CrookedProxy(api, query -> query.replaceAll(regex, replacement), UnaryOperator.identity());
    }

    static CrookedProxy changingAppType(URI api, String appType) throws IOException {
        return new CrookedProxy(api, UnaryOperator.identity(), asked -> appType);
    }

    URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + api.getRawPath());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void pass(HttpExchange exchange) throws IOException {
        URI asked = exchange.getRequestURI();
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "http://" + api.getAuthority() + asked.getRawPath() + "?" + query.apply(asked.getRawQuery())))
                .header("Authorization", exchange.getRequestHeaders().getFirst("Authorization"))
                .header("X-App-Type", appType.apply(exchange.getRequestHeaders().getFirst("X-App-Type")))
                .build();
        try (exchange) {
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(answer.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
