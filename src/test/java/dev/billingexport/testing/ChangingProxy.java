package dev.billingexport.testing;

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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** A proxy before the API that passes requests on and changes their query, their {@code X-App-Type} or the answers. */
public final class ChangingProxy implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Set<String> authorizations = ConcurrentHashMap.newKeySet();
    private final URI api;
    private final UnaryOperator<String> query;
    private final UnaryOperator<String> appType;
    private final HttpServer server;
    private volatile Replies replies = (asked, reply) -> reply;

    /** Changes the body of an answer. */
    public interface Answers {
        String answer(URI asked, String body);
    }

    /** Changes an answer. */
    public interface Replies {
        Reply reply(Asked asked, Reply reply);
    }

    /**
     * A request.
     *
     * @param authorization the header of that name, null where it is missing
     */
    public record Asked(URI uri, String authorization, String body) {}

    /** An answer of JSON, unless it begins as HTML does. */
    public record Reply(int status, String body) {

        private String type() {
            return body.startsWith("<") ? "text/html" : "application/json";
        }
    }

    private ChangingProxy(URI api, UnaryOperator<String> query, UnaryOperator<String> appType) {
        this.api = api;
        this.query = query;
        this.appType = appType;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::pass);
        server.start();
    }

    public static ChangingProxy changingQuery(URI api, String regex, String replacement) {
        return new ChangingProxy(api, query -> query.replaceAll(regex, replacement), UnaryOperator.identity());
    }

    public static ChangingProxy changingAppType(URI api, String appType) {
        return new ChangingProxy(api, UnaryOperator.identity(), asked -> appType);
    }

    public static ChangingProxy changingAnswers(URI api) {
        return new ChangingProxy(api, UnaryOperator.identity(), UnaryOperator.identity());
    }

    /** Changes the bodies of the answers from now on. */
    public void change(Answers answers) {
        replies = (asked, reply) -> new Reply(reply.status(), answers.answer(asked.uri(), reply.body()));
    }

    /** Changes the answers from now on, their statuses included. */
    public ChangingProxy replace(Replies replies) {
        this.replies = replies;
        return this;
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + api.getRawPath());
    }

    /** Returns what was sent behind the scheme in the header Authorization: the encoded key, or tokens. */
    public Set<String> authorizations() {
        return authorizations;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void pass(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        byte[] sent = exchange.getRequestBody().readAllBytes();
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization != null) {
            authorizations.add(authorization.split(" ")[1]);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + api.getAuthority()
                        + uri.getRawPath()
                        + (uri.getRawQuery() == null ? "" : "?" + query.apply(uri.getRawQuery()))))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(sent));
        for (String name : new String[] {"Authorization", "X-App-Type", "X-Api-Id", "Content-Type"}) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, name.equals("X-App-Type") ? appType.apply(value) : value);
            }
        }
        try (exchange) {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Reply reply = replies.reply(
                    new Asked(uri, authorization, new String(sent, StandardCharsets.UTF_8)),
                    new Reply(answer.statusCode(), answer.body()));
            byte[] changed = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", reply.type());
            exchange.sendResponseHeaders(reply.status(), changed.length == 0 ? -1 : changed.length);
            exchange.getResponseBody().write(changed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
