package dev.billingexport.delivery;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** A line to a server that fails on request, a number of times, and that keeps a list of what went over it. */
final class FaultyLine implements AutoCloseable {

    /** What goes wrong. */
    enum Fault {
        /** The server is too busy and does nothing. */
        SLOW_DOWN,
        /** A policy of the bucket forbids it. */
        DENIED,
        /** The line is cut while the request is under way; nothing is done. */
        CUT,
        /** The request is carried out, but the line is cut before its answer. */
        LOST_ANSWER,
        /** The request hangs until the line is closed. */
        HANG
    }

    private static final Set<String> NOT_TO_BE_COPIED =
            Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding", "date");

    private static final String ENCRYPTION = "x-amz-server-side-encryption";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> encrypted = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final URI target;
    private Fault fault = Fault.SLOW_DOWN;
    private Predicate<String> where = request -> false;
    private int times;

    private FaultyLine(URI target) throws IOException {
        this.target = target;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    static FaultyLine to(S3Server server) throws IOException {
        return new FaultyLine(server.endpoint());
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Lets requests that contain a text, such as {@code PUT} or {@code r1/users.csv}, fail. */
    FaultyLine fail(Fault fault, int times, String... texts) {
        synchronized (this) {
            this.fault = fault;
            this.times = times;
            this.where = request -> List.of(texts).stream().allMatch(request::contains);
        }
        return this;
    }

    /** Method, path and query of every request, those that failed among them. */
    List<String> requests() {
        return requests;
    }

    /** Method, name, way of encryption and key of the requests that ask for it. */
    List<String> encrypted() {
        return encrypted;
    }

    void awaitHanging() throws InterruptedException {
        hanging.await();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        requests.add(request);
        Headers headers = exchange.getRequestHeaders();
        if (headers.containsKey(ENCRYPTION)) {
            encrypted.add(request.replaceAll("^(\\w+) .*/", "$1 ") + " " + headers.getFirst(ENCRYPTION) + " "
                    + headers.getFirst(ENCRYPTION + "-aws-kms-key-id"));
        }
        try (exchange) {
            Fault now = next(request);
            if (now == Fault.CUT) {
                exchange.getRequestBody().read(new byte[1_000]);
                return;
            }
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (now == Fault.HANG) {
                hanging.countDown();
                closed.await();
            } else if (now == Fault.SLOW_DOWN) {
                refuse(exchange, 503, "SlowDown");
            } else if (now == Fault.DENIED) {
                refuse(exchange, 403, "AccessDenied");
            } else {
                HttpResponse<InputStream> answer = forward(exchange, body);
                if (now != Fault.LOST_ANSWER) {
                    answer.headers().map().forEach((name, values) -> {
                        if (!NOT_TO_BE_COPIED.contains(name.toLowerCase(Locale.ROOT))) {
                            exchange.getResponseHeaders().put(name, values);
                        }
                    });
                    if (exchange.getRequestMethod().equals("HEAD")) {
                        answer.headers()
                                .firstValue("content-length")
                                .ifPresent(
                                        length -> exchange.getResponseHeaders().set("Content-Length", length));
                    }
                    answer(exchange, answer.statusCode(), answer.body().readAllBytes());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Fault next(String request) {
        return times > 0 && where.test(request) && times-- > 0 ? fault : null;
    }

    private HttpResponse<InputStream> forward(HttpExchange exchange, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_TO_BE_COPIED.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        String body = "<Error><Code>" + code + "</Code><Message>No.</Message></Error>";
        answer(exchange, status, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean bodiless = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
        if (!bodiless) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
