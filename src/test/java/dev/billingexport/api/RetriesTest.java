package dev.billingexport.api;

import static dev.billingexport.testing.ScriptedApi.json;
import static dev.billingexport.testing.ScriptedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.billingexport.session.AppType;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

@Timeout(30)
class RetriesTest extends ApiTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | PT7S",
                "' 7 ' | PT7S",
                "300 | PT5M",
                "86400 | PT5M",
                "999999999 | PT5M",
                "Mon, 02 Nov 2026 03:00:09 GMT | PT9S",
                "Monday, 02-Nov-26 03:00:09 GMT | PT9S",
                "Mon Nov  2 03:00:09 2026 | PT9S",
                "Tue, 03 Nov 2026 03:00:00 GMT | PT5M",
                "0 | ",
                "-5 | ",
                "soon | ",
                "99999999999999999999999 | ",
                "Sun, 01 Nov 2026 03:00:00 GMT | "
            })
    void retryAfterIsSecondsOrADateAndAtMostFiveMinutes(String header, Duration expected) {
        assertThat(refusal(header).retryAfter()).isEqualTo(expected);
    }

    @Test
    void retryAfterMayBeAbsent() {
        assertThat(refusal(null).retryAfter()).isNull();
    }

    @Test
    void theServersWishIsWaitedFor() {
        api.then(json(429, "{\"result\":429}", "Retry-After", "1"), ok(EMPTY_PAGE));
        long start = System.nanoTime();

        client().sessions(QUERY);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void backOffDoublesWithoutAWish() {
        Retries retries = new Retries(4, Duration.ofMillis(100), new Redaction(), waits(Ticker.system()));
        long start = System.nanoTime();

        Throwable failure = catchThrowable(() -> retries.run(Route.SESSIONS, count -> {
            count.incrementAndGet();
            throw Failure.malformed("never mind");
        }));

        // 100 + 200 + 400 ms, each at least three quarters of it.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(525));
        assertThat(((ApiException) failure).attempts()).isEqualTo(4);
    }

    @Test
    void oneAttemptIsNoRetry() {
        api.always(json(503, "{}"));

        ApiException failure = failureOf(() -> client(BASIC, 1, 1, null).sessions(QUERY));

        assertThat(failure)
                .hasMessage(
                        "GET /sessions (page 1 of vc from 2026-10-01T00:00:00Z to 2026-10-02T00:00:00Z) failed 1 time, the last"
                                + " with HTTP 503");
        assertThat(api.asked()).hasSize(1);
    }

    @Test
    void backingOffLeavesRoomForOthers() throws Exception {
        CountDownLatch refusedOnce = new CountDownLatch(1);
        api.always(exchange -> {
            boolean slow = exchange.getRequestURI().getPath().contains("/slow/");
            (slow ? json(500, "{}") : ok(NO_CDR)).to(exchange);
            if (slow) {
                refusedOnce.countDown();
            }
        });
        ReportingClient client = client(BASIC, 3, 1, null, Duration.ofMinutes(1));
        Thread waiting = new Thread(() -> catchThrowable(() -> client.callDetails(AppType.VC, "slow")));
        waiting.start();
        assertThat(refusedOnce.await(10, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<?> other = CompletableFuture.supplyAsync(() -> client.callDetails(AppType.VC, "other"));

        assertThat(other).succeedsWithin(Duration.ofSeconds(10));
        assertThat(waiting.isAlive()).isTrue();
        waiting.interrupt();
        waiting.join();
    }

    @Test
    void anInterruptEndsTheWaitAndKeepsTheFlag() throws Exception {
        CountDownLatch refusedOnce = new CountDownLatch(1);
        api.always(exchange -> {
            json(503, "{}", "Retry-After", "60").to(exchange);
            refusedOnce.countDown();
        });
        ReportingClient client = client();
        AtomicBoolean flag = new AtomicBoolean();
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            Throwable thrown = catchThrowable(() -> client.sessions(QUERY));
            flag.set(Thread.currentThread().isInterrupted());
            outcome.complete(thrown);
        });
        thread.start();
        assertThat(refusedOnce.await(10, TimeUnit.SECONDS)).isTrue();

        thread.interrupt();

        assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        assertThat(flag).isTrue();
    }

    private static Failure refusal(@Nullable String retryAfter) {
        Payload payload = new Payload(new JsonMapper().readTree("{\"result\":429}"), null);
        return (Failure) catchThrowable(() -> ResponseClassifier.classify(
                new Answer(429, retryAfter, payload), Route.SESSIONS, Clock.fixed(NOW, ZoneOffset.UTC)));
    }
}
