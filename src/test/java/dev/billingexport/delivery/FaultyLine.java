package dev.billingexport.delivery;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        /** The request is carried out, but the answer is that another one is in the way. */
        CONFLICT,
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
    private final List<Store> stores;
    private final List<Store.Request> received = new CopyOnWriteArrayList<>();
    private Fault fault = Fault.SLOW_DOWN;
    private Predicate<String> where = request -> false;
    private int times;

    private FaultyLine(URI target, Store... stores) throws IOException {
        this.target = target;
        this.stores = List.of(stores);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    static FaultyLine to(S3Server server) throws IOException {
        return new FaultyLine(server.endpoint());
    }

    /** A line to a server that then behaves as stores do, all at once. */
    static FaultyLine to(S3Server server, Store... stores) throws IOException {
        return new FaultyLine(server.endpoint(), stores);
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

    /** Every request that was understood, with its headers. */
    List<Store.Request> received() {
        return received;
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
                Store.Answer answer = answer(exchange, body);
                if (now == Fault.CONFLICT) {
                    refuse(exchange, 409, "ConditionalRequestConflict");
                } else if (now != Fault.LOST_ANSWER) {
                    answer.headers().forEach(exchange.getResponseHeaders()::set);
                    answer(exchange, answer.status(), answer.bytes());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Fault next(String request) {
        return times > 0 && where.test(request) && times-- > 0 ? fault : null;
    }

    private Store.Answer answer(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        Store.Request request = new Store.Request(
                exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers);
        received.add(request);
        Store.Request changed = request;
        for (Store store : stores) {
            Store.Refusal refusal = store.refuse(request);
            if (refusal != null) {
                return refusal.answer();
            }
            changed = store.change(changed);
        }
        Store.Answer answer = forward(changed, body);
        for (Store store : stores) {
            answer = store.change(request, answer);
        }
        return answer;
    }

    private Store.Answer forward(Store.Request request, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder forwarded = HttpRequest.newBuilder(target.resolve(request.uri()))
                .method(request.method(), HttpRequest.BodyPublishers.ofByteArray(body));
        request.headers().forEach((name, value) -> {
            if (!NOT_TO_BE_COPIED.contains(name)) {
                forwarded.header(name, value);
            }
        });
        HttpResponse<byte[]> response = client.send(forwarded.build(), HttpResponse.BodyHandlers.ofByteArray());
        Map<String, String> headers = new HashMap<>();
        response.headers().map().forEach((name, values) -> {
            boolean length = name.equalsIgnoreCase("content-length") && request.isOf("HEAD");
            if (length || !NOT_TO_BE_COPIED.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values));
            }
        });
        return new Store.Answer(
                response.statusCode(), headers, new String(response.body(), StandardCharsets.ISO_8859_1));
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
