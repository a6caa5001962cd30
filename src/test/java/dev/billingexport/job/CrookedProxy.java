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
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** A proxy before the API that passes every request on, but for what it changes in the query, in X-App-Type or in answers. */
final class CrookedProxy implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI api;
    private final UnaryOperator<String> query;
    private final UnaryOperator<String> appType;
    private final HttpServer server;
    private volatile Replies replies = (asked, reply) -> reply;

    /** Changes the body of an answer. */
    interface Answers {
        String answer(URI asked, String body);
    }

    /** Changes an answer. */
    interface Replies {
        Reply reply(URI asked, Reply reply);
    }

    /** An answer of JSON, unless it begins as HTML does. */
    record Reply(int status, String body) {

        private String type() {
            return body.startsWith("<") ? "text/html" : "application/json";
        }
    }

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

    static CrookedProxy changingAnswers(URI api) throws IOException {
        return new CrookedProxy(api, UnaryOperator.identity(), UnaryOperator.identity());
    }

    /** What answers are like from now on. */
    void change(Answers answers) {
        replies = (asked, reply) -> new Reply(reply.status(), answers.answer(asked, reply.body()));
    }

    /** The same, where more than their bodies changes. */
    void replace(Replies replies) {
        this.replies = replies;
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
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + api.getAuthority()
                        + asked.getRawPath()
                        + (asked.getRawQuery() == null ? "" : "?" + query.apply(asked.getRawQuery()))))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        for (String name : new String[] {"Authorization", "X-App-Type", "X-Api-Id", "Content-Type"}) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, name.equals("X-App-Type") ? appType.apply(value) : value);
            }
        }
        try (exchange) {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Reply reply = replies.reply(asked, new Reply(answer.statusCode(), answer.body()));
            byte[] changed = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", reply.type());
            exchange.sendResponseHeaders(reply.status(), changed.length == 0 ? -1 : changed.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(changed);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
