package dev.billingexport.sample;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes requests in, and lets them be answered or go wrong as the behaviour says. Thread-safe. */
final class FrontDoor implements HttpHandler {

    /** What was set last: a behaviour with the lots drawn and the requests counted for it. */
    private record Conduct(
            Behaviour behaviour, FaultPlan plan, @Nullable TokenBucket bucket) {

        static Conduct of(Behaviour behaviour) {
            RateLimit limit = behaviour.limit();
            return new Conduct(
                    behaviour, new FaultPlan(behaviour.faults()), limit == null ? null : new TokenBucket(limit));
        }

        @Nullable
        Fault fault(SampleRequest request, String line) {
            return bucket == null || bucket.take() ? plan.next(request, line) : Fault.RATE_LIMIT_429;
        }
    }

    private final String root;
    private final Answers answers;
    private final Counters counters;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Conduct conduct;
    private volatile Consumer<SampleRequest> listener = request -> {};

    FrontDoor(String root, Answers answers, Counters counters, Clock clock, Behaviour behaviour) {
        this.root = root;
        this.answers = answers;
        this.counters = counters;
        this.clock = clock;
        this.conduct = Conduct.of(behaviour);
    }

    void behave(Behaviour behaviour) {
        conduct = Conduct.of(behaviour);
    }

    void onRequest(Consumer<SampleRequest> listener) {
        this.listener = listener;
    }

    /** Lets go of the requests that hang. */
    void close() {
        closed.countDown();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        long arrival = System.nanoTime();
        counters.entered();
        boolean sent = false;
        try (exchange) {
            Conduct now = conduct;
            SampleRequest request = Routes.request(root, exchange);
            Fault fault = null;
            if (request != null) {
                counters.arrived(request);
                listener.accept(request);
                fault = now.fault(request, line(exchange));
            }
            if (fault != null) {
                counters.faulted();
            }
            if (fault == Fault.HANG) {
                closed.await();
            }
            Reply reply = fault == null || fault == Fault.TRUNCATED
                    ? answer(exchange, request, now.behaviour())
                    : reply(fault, now.plan().faults());
            // What it took to make the answer is part of the latency, not on top of it.
            TimeUnit.NANOSECONDS.sleep(arrival + now.behaviour().latency().toNanos() - System.nanoTime());
            if (reply == null) {
                return;
            }
            // Before the client can see the answer and send its next request.
            counters.left();
            sent = true;
            send(exchange, reply, fault == Fault.TRUNCATED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!sent) {
                counters.left();
            }
        }
    }

    private Reply answer(HttpExchange exchange, @Nullable SampleRequest request, Behaviour behaviour)
            throws IOException {
        try {
            if (request == null) {
                throw new Refusal(404, 404, "There is no such route");
            }
            if (request.route() == Route.LOGIN) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                return answers.login(exchange.getRequestHeaders().getFirst("X-Api-Id"), body, behaviour);
            }
            return answers.report(request, exchange.getRequestHeaders().getFirst("Authorization"), behaviour);
        } catch (Refusal refusal) {
            int status = behaviour.errorsUnderOk() ? 200 : refusal.status();
            return Reply.error(status, refusal.code(), String.valueOf(refusal.getMessage()));
        }
    }

    /** Null where the connection ends without one. */
    private @Nullable Reply reply(Fault fault, Faults faults) {
        long wait = faults.retryAfter().toSeconds();
        return switch (fault) {
            case ERROR_500 -> Reply.error(500, 500, "Internal error");
            case UNAVAILABLE_503 -> Reply.error(503, 503, "Maintenance");
            case RATE_LIMIT_429 -> Reply.error(429, 429, "Too many requests");
            case RATE_LIMIT_SECONDS ->
                Reply.error(429, 429, "Too many requests").header("Retry-After", Long.toString(wait));
            case RATE_LIMIT_DATE ->
                Reply.error(429, 429, "Too many requests")
                        .header(
                                "Retry-After",
                                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                        clock.instant().plusSeconds(wait).atOffset(ZoneOffset.UTC)));
            case NOT_FOUND -> Reply.error(404, 404, "The session is not found");
            case RESULT_ZERO -> Reply.error(200, 0, "error");
            case HTML -> Reply.html(200, "<!DOCTYPE html><html><body>Please sign in to the network.</body></html>");
            case NONSENSE -> Reply.json(200, "{\"result\":1,\"sessions\":{},\"cdr\":42,\"recordings\":\"none\"}");
            case TRUNCATED, DISCONNECT, HANG -> null;
        };
    }

    private static void send(HttpExchange exchange, Reply reply, boolean cutShort) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), reply.body().length);
        OutputStream out = exchange.getResponseBody();
        if (cutShort) {
            out.write(reply.body(), 0, reply.body().length / 2);
            out.flush();
        } else {
            out.write(reply.body());
            out.close();
        }
    }

    private static String line(HttpExchange exchange) {
        return exchange.getRequestHeaders().getFirst("X-App-Type") + " " + exchange.getRequestURI();
    }
}
