package dev.billingexport.api;

import static dev.billingexport.testing.ScriptedApi.json;
import static dev.billingexport.testing.ScriptedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import dev.billingexport.session.AppType;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** First in virtual time, where one thread's sleeping moves the clock for all; then on a real server. */
@Timeout(60)
class OutageTest extends ApiTest {

    private static final int IN_FLIGHT = 16;
    private static final int ATTEMPTS = 6;

    /**
     * Failures that no outage explains: those before it was recognized, and those in flight that are told after it is
     * over, which in virtual time is at once. Their retries are left to them.
     */
    private static final int MAX_UNEXPLAINED = IN_FLIGHT / 2 + IN_FLIGHT;

    private final VirtualTicker ticker = new VirtualTicker();
    private final Waits waits = waits(ticker);
    private final Requests requests = new Requests(
            new RequestLimiter(IN_FLIGHT, new AdaptiveRateLimiter(null), ticker, waits),
            new Outage(IN_FLIGHT, Duration.ofSeconds(1), ATTEMPTS, ticker, waits),
            new AcceptedCredentials(),
            Clock.fixed(NOW, ZoneOffset.UTC));
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicBoolean up = new AtomicBoolean(true);

    @Test
    void tenMinutesOfOutageCostAFewRequestsAndEndInOneFailure() throws Exception {
        ask();
        up.set(false);
        made.set(0);

        List<Throwable> outcomes = new ArrayList<>();
        // Six hundred sessions, one after the other where the one before failed: what a job makes of it.
        for (Future<Throwable> outcome : concurrently(600, () -> catchThrowable(this::ask))) {
            outcomes.add(outcome.get());
        }

        long down = outcomes.stream()
                .filter(failure -> ((Failure) failure).kind() == Failure.Kind.DOWN)
                .count();
        System.out.printf(
                "Outage of ten minutes: %d requests, given up after %d s%n",
                made.get(), ticker.nanos() / 1_000_000_000);
        assertThat(made.get()).isLessThan(60);
        assertThat(down).isGreaterThanOrEqualTo(600 - 2 * IN_FLIGHT);
        assertThat(ticker.nanos()).isBetween(seconds(310), seconds(345));
        int before = made.get();
        assertThatThrownBy(this::ask)
                .hasMessage("The API is down: every request failed for 310 s, the last with HTTP 500: no luck");
        assertThat(made).hasValue(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | {\"result\":500}",
                "502 | ",
                "408 | {\"result\":408}",
                "400 | {\"result\":1002}",
                "404 | {\"result\":404}",
                "403 | {\"result\":403}",
                "429 | {\"result\":429}",
                "503 | ",
                "200 | ",
                "200 | {}",
                "200 | {\"result\":0}"
            })
    void aServersWishToBeLeftAloneIsWaitedForWhateverElseItSays(int status, @Nullable String body) {
        Payload payload =
                body == null ? new Payload(null, "it is HTML") : new Payload(new JsonMapper().readTree(body), null);
        Requests.Question question = () -> new Answer(status, "7", payload);
        assertThat(catchThrowable(() -> requests.ask(Route.callDetails("s"), "Basic YTpi", question)))
                .isInstanceOf(Failure.class);
        long before = ticker.nanos();

        ask();

        assertThat(ticker.nanos() - before).isEqualTo(seconds(7));
    }

    @Test
    void whatFailedInAnOutageIsAskedAgainWhenItIsOver() throws Exception {
        ask();
        up.set(false);
        ticker.onSleep = () -> up.set(ticker.nanos() > seconds(120));

        List<Throwable> failures = new ArrayList<>();
        for (Future<Throwable> outcome : concurrently(600, () -> catchThrowable(this::ask))) {
            if (outcome.get() != null) {
                failures.add(outcome.get());
            }
        }

        assertThat(failures).hasSizeLessThanOrEqualTo(MAX_UNEXPLAINED);
        assertThat(ticker.nanos()).isBetween(seconds(120), seconds(160));
    }

    @Test
    void whatIsBrokenForGoodIsNoOutage() {
        ask();
        for (int i = 0; i < 200; i++) {
            assertThat(((Failure) catchThrowable(() -> requests.ask(Route.SESSIONS, "Basic YTpi", broken()))).kind())
                    .isEqualTo(Failure.Kind.UNAVAILABLE);
        }

        // One probe for every eight failures.
        assertThat(made).hasValue(1 + 200 + 200 / 8);
        assertThat(ticker.nanos()).isZero();
    }

    @Test
    void anApiThatIsDownFromTheStartIsWaitedForAsLong() {
        up.set(false);
        for (int i = 1; i < ATTEMPTS; i++) {
            assertThat(((Failure) catchThrowable(this::ask)).kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
        }

        assertThatThrownBy(this::ask)
                .hasMessage(
                        "The API has not answered since this run began: every request failed for 310 s, the last with"
                                + " HTTP 500: no luck");

        assertThat(ticker.nanos()).isBetween(seconds(310), seconds(345));
        assertThat(made.get()).isLessThan(60);
    }

    @Test
    void anApiThatComesUpLateIsAskedOn() throws Exception {
        up.set(false);
        List<Waiting> told = new ArrayList<>();
        ticker.onSleep = () -> {
            waits.current().ifPresent(told::add);
            up.set(ticker.nanos() > seconds(200));
        };

        List<Throwable> failures = new ArrayList<>();
        for (Future<Throwable> outcome : concurrently(100, () -> catchThrowable(this::ask))) {
            failures.add(outcome.get());
        }

        assertThat(failures).filteredOn(Objects::nonNull).hasSizeLessThanOrEqualTo(MAX_UNEXPLAINED);
        assertThat(told).allSatisfy(wait -> {
            assertThat(wait.reason()).isEqualTo(Waiting.Reason.OUTAGE);
            assertThat(wait.since()).isEqualTo(NOW);
            assertThat(wait.said()).isEqualTo("HTTP 500: no luck");
        });
        assertThat(told)
                .hasSizeGreaterThan(10)
                .last()
                .extracting(Waiting::nextTry)
                .isEqualTo(NOW.plusSeconds(30));
        assertThat(waits.current()).isEmpty();
    }

    /** What failed first may be broken for good, while others have their answers. */
    @Test
    void whatIsBrokenFromTheStartIsNoOutage() {
        for (int i = 1; i < ATTEMPTS; i++) {
            assertThat(catchThrowable(() -> requests.ask(Route.SESSIONS, "", broken())))
                    .isInstanceOf(Failure.class);
        }
        ticker.onSleep = () -> requests.outage().succeeded(() -> {});

        assertThat(((Failure) catchThrowable(() -> requests.ask(Route.SESSIONS, "", broken()))).kind())
                .isEqualTo(Failure.Kind.UNAVAILABLE);

        assertThat(ticker.nanos()).isLessThan(seconds(1));
    }

    @Test
    void aProbeThatIsInterruptedIsTakenOverByOthers() throws Exception {
        Outage outage = new Outage(1, Duration.ofSeconds(1), ATTEMPTS, Ticker.system(), waits);
        AtomicBoolean broken = new AtomicBoolean();
        Runnable probe = () -> {
            if (broken.get()) {
                throw Failure.malformed("never mind");
            }
        };
        outage.succeeded(probe);
        broken.set(true);
        for (int i = 0; i < 4; i++) {
            assertThat(outage.explains(Failure.malformed("never mind"), probe)).isFalse();
        }
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Future<Boolean> prober = threads.submit(() -> outage.explains(Failure.malformed("never mind"), probe));
        Thread.sleep(300);
        Future<?> waiting = threads.submit(outage::await);
        Thread.sleep(100);

        assertThat(prober.cancel(true)).isTrue();
        broken.set(false);

        waiting.get(10, TimeUnit.SECONDS);
        threads.shutdown();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    /** What stops a probe may be this process's own trouble, such as a database that is away. It ends, and so must this. */
    @Test
    void aProbeThatBreaksDownIsNotTheEnd() {
        Outage outage = new Outage(1, Duration.ofSeconds(1), ATTEMPTS, ticker, waits);
        AtomicBoolean broken = new AtomicBoolean();
        Runnable probe = () -> {
            if (broken.get()) {
                throw new IllegalStateException("no database");
            }
        };
        outage.succeeded(probe);
        broken.set(true);
        for (int i = 0; i < 4; i++) {
            outage.explains(Failure.malformed("never mind"), probe);
        }
        assertThatThrownBy(() -> outage.explains(Failure.malformed("never mind"), probe))
                .hasMessage("no database");

        broken.set(false);

        outage.await();
        assertThat(outage.explains(Failure.malformed("never mind"), probe)).isFalse();
    }

    @Test
    void onARealServerAllGoOnWhenItIsBack() throws Exception {
        api.always(this::serve);
        ReportingClient client = client(BASIC, 8, 8, null);
        client.sessions(QUERY);
        up.set(false);
        List<Future<Throwable>> calls =
                concurrently(40, () -> catchThrowable(() -> client.callDetails(AppType.VC, "s")));
        Thread.sleep(1000);
        up.set(true);

        for (Future<Throwable> call : calls) {
            assertThat(call.get()).isNull();
        }
        assertThat(api.asked()).hasSizeLessThan(120);
    }

    @Test
    void onARealServerThatStaysDownEveryCallFailsAsDown() throws Exception {
        api.always(this::serve);
        ReportingClient client = client(BASIC, 6, 8, null);
        client.sessions(QUERY);
        up.set(false);

        List<Future<Throwable>> calls =
                concurrently(200, () -> catchThrowable(() -> client.callDetails(AppType.VC, "s")));

        for (Future<Throwable> call : calls) {
            assertThat(call.get()).isInstanceOf(ApiException.Down.class).hasNoCause();
        }
        assertThat(api.asked()).hasSizeLessThan(60);
    }

    private void ask() {
        requests.ask(Route.SESSIONS, "Basic YTpi", () -> {
            made.incrementAndGet();
            return answer(up.get());
        });
    }

    private Requests.Question broken() {
        return () -> {
            made.incrementAndGet();
            return answer(false);
        };
    }

    private static Answer answer(boolean good) {
        String body = good ? "{\"result\":1}" : "{\"result\":500,\"msg\":\"no luck\"}";
        return new Answer(good ? 200 : 500, null, new Payload(new JsonMapper().readTree(body), null));
    }

    private void serve(HttpExchange exchange) throws IOException {
        (up.get() ? ok("{\"result\":1,\"sessions\":[],\"cdr\":[]}") : json(500, "{\"result\":500}")).to(exchange);
    }

    private static List<Future<Throwable>> concurrently(int calls, Supplier<Throwable> call) {
        ExecutorService executor = Executors.newFixedThreadPool(2 * IN_FLIGHT);
        List<Future<Throwable>> futures = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            futures.add(executor.submit(call::get));
        }
        executor.shutdown();
        return futures;
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    private static final class VirtualTicker implements Ticker {

        private long nanos;
        private Runnable onSleep = () -> {};

        @Override
        public synchronized long nanos() {
            return nanos;
        }

        @Override
        public synchronized void sleep(long duration) {
            nanos += Math.max(0, duration);
            onSleep.run();
        }
    }
}
