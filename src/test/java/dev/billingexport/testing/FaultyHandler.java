package dev.billingexport.testing;

import dev.billingexport.sample.ChangeableAnswers;
import dev.billingexport.sample.Route;
import dev.billingexport.sample.SampleAccount;
import dev.billingexport.sample.SampleRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.HttpRequestHandler;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Lets requests be answered or go wrong, as the behaviour says, and counts them. Thread-safe. */
final class FaultyHandler implements HttpRequestHandler {

    /** The behaviour that was set last, with the faults drawn and the requests counted under it. */
    private record Conduct(Behaviour behaviour, FaultPlan plan, TokenBucket bucket) {

        static Conduct of(Behaviour behaviour) {
            RateLimit limit = behaviour.limit();
            return new Conduct(
                    behaviour, new FaultPlan(behaviour.faults()), limit == null ? null : new TokenBucket(limit));
        }

        Fault fault(SampleRequest request, String line) {
            return bucket == null || bucket.take() ? plan.next(request, line) : Fault.RATE_LIMIT_429;
        }
    }

    private final ChangeableAnswers answers;
    private final Counters counters;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Conduct conduct;
    private volatile Consumer<SampleRequest> listener = request -> {};
    private volatile String otherKey;

    FaultyHandler(ChangeableAnswers answers, Counters counters, Clock clock, Behaviour behaviour) {
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

    void acceptToo(String appKey) {
        otherKey = appKey;
    }

    /** Releases the requests that hang. */
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
            SampleRequest request = ChangeableAnswers.request(asked);
            Fault fault = null;
            if (request != null) {
                counters.arrived(request);
                listener.accept(request);
                fault = now.fault(request, request.appType() + " " + asked.getRequestUri());
            }
            if (fault != null) {
                counters.faulted();
            }
            if (fault == Fault.HANG) {
                closed.await();
            }
            if (fault == null || fault == Fault.TRUNCATED) {
                answer(asked, request, response, now.behaviour());
            } else {
                fail(response, fault, now.behaviour().faults());
            }
            // What it took to make the answer is part of the latency, not on top of it.
            TimeUnit.NANOSECONDS.sleep(arrival + now.behaviour().latency().toNanos() - System.nanoTime());
            if (fault == Fault.DISCONNECT || fault == Fault.HANG) {
                throw new ConnectionClosedException("The connection ends without an answer.");
            }
            if (fault == Fault.TRUNCATED) {
                response.setEntity(new TruncatedEntity(response.getEntity()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionClosedException("The server ends.");
        } finally {
            // Before the client can see the answer and send its next request.
            counters.left();
        }
    }

    private void answer(
            ClassicHttpRequest asked, SampleRequest request, ClassicHttpResponse response, Behaviour behaviour)
            throws HttpException, IOException {
        Header sent = asked.getFirstHeader(HttpHeaders.AUTHORIZATION);
        if (otherKey != null && sent != null && sent.getValue().equals(basic(otherKey))) {
            asked.setHeader(HttpHeaders.AUTHORIZATION, basic(SampleAccount.APP_KEY));
        }
        answers.answer(asked, response, behaviour);
        if (request != null && response.getCode() == HttpStatus.SC_OK) {
            if (request.route() == Route.LOGIN) {
                counters.loggedIn();
            } else if (request.route() == Route.SESSIONS) {
                counters.pageServed();
            }
        }
    }

    private static String basic(String appKey) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((SampleAccount.APP_ID + ":" + appKey).getBytes(StandardCharsets.UTF_8));
    }

    private void fail(ClassicHttpResponse response, Fault fault, Faults faults) {
        long wait = faults.retryAfter().toSeconds();
        switch (fault) {
            case ERROR_500 -> error(response, 500, 500, "Internal error");
            case UNAVAILABLE_503 -> error(response, 503, 503, "Maintenance");
            case RATE_LIMIT_429 -> error(response, 429, 429, "Too many requests");
            case RATE_LIMIT_SECONDS -> {
                error(response, 429, 429, "Too many requests");
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait));
            }
            case RATE_LIMIT_DATE -> {
                error(response, 429, 429, "Too many requests");
                response.setHeader(
                        HttpHeaders.RETRY_AFTER,
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                clock.instant().plusSeconds(wait).atOffset(ZoneOffset.UTC)));
            }
            case NOT_FOUND -> error(response, 404, 404, "The session is not found");
            case RESULT_ZERO -> error(response, 200, 0, "error");
            case HTML ->
                send(
                        response,
                        200,
                        "<!DOCTYPE html><html><body>Please sign in to the network.</body></html>",
                        ContentType.TEXT_HTML.withCharset(StandardCharsets.UTF_8));
            case NONSENSE ->
                send(
                        response,
                        200,
                        "{\"result\":1,\"sessions\":{},\"cdr\":42,\"recordings\":\"none\"}",
                        ContentType.APPLICATION_JSON);
            case TRUNCATED, DISCONNECT, HANG -> {
                // These break the connection, not the answer.
            }
        }
    }

    private static void error(ClassicHttpResponse response, int status, int code, String message) {
        String json = "{\"result\":\"%d\",\"msg\":\"%s\",\"desc\":\"%s\"}".formatted(code, message, message);
        send(response, status, json, ContentType.APPLICATION_JSON);
    }

    private static void send(ClassicHttpResponse response, int status, String body, ContentType type) {
        response.setCode(status);
        response.setEntity(new StringEntity(body, type));
    }
}
