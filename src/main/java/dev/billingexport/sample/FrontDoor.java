package dev.billingexport.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpRequestHandler;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Takes requests in, and lets them be answered or go wrong as the behaviour says. Thread-safe. */
final class FrontDoor implements HttpRequestHandler {

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
    public void handle(ClassicHttpRequest asked, ClassicHttpResponse response, HttpContext context)
            throws HttpException, IOException {
        long arrival = System.nanoTime();
        counters.entered();
        try {
            Conduct now = conduct;
            SampleRequest request = Routes.request(root, asked);
            Fault fault = null;
            if (request != null) {
                counters.arrived(request);
                listener.accept(request);
                fault = now.fault(request, line(asked));
            }
            if (fault != null) {
                counters.faulted();
            }
            if (fault == Fault.HANG) {
                closed.await();
            }
            Reply reply = fault == null || fault == Fault.TRUNCATED
                    ? answer(asked, request, now.behaviour())
                    : reply(fault, now.plan().faults());
            // What it took to make the answer is part of the latency, not on top of it.
            TimeUnit.NANOSECONDS.sleep(arrival + now.behaviour().latency().toNanos() - System.nanoTime());
            if (reply == null) {
                throw new ConnectionClosedException("The connection ends without an answer.");
            }
            send(response, reply, fault == Fault.TRUNCATED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionClosedException("The server ends.");
        } finally {
            // Before the client can see the answer and send its next request.
            counters.left();
        }
    }

    private Reply answer(ClassicHttpRequest asked, @Nullable SampleRequest request, Behaviour behaviour)
            throws IOException {
        try {
            if (request == null) {
                throw new Refusal(404, 404, "There is no such route");
            }
            if (request.route() == Route.LOGIN) {
                String body = asked.getEntity() == null
                        ? ""
                        : new String(asked.getEntity().getContent().readAllBytes(), StandardCharsets.UTF_8);
                return answers.login(Routes.header(asked, "X-Api-Id"), body, behaviour);
            }
            return answers.report(request, Routes.header(asked, "Authorization"), behaviour);
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

    private static void send(ClassicHttpResponse response, Reply reply, boolean cutShort) {
        response.setCode(reply.status());
        reply.headers().forEach(response::setHeader);
        HttpEntity whole = new ByteArrayEntity(reply.body(), reply.contentType());
        response.setEntity(cutShort ? new TruncatedEntity(whole) : whole);
    }

    private static String line(ClassicHttpRequest asked) {
        return Routes.header(asked, "X-App-Type") + " " + asked.getRequestUri();
    }
}
