package dev.billingexport.api;

import static dev.billingexport.testing.ScriptedApi.json;
import static dev.billingexport.testing.ScriptedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import dev.billingexport.session.AppType;
import dev.billingexport.testing.RawServer;
import dev.billingexport.testing.ScriptedApi;
import dev.billingexport.testing.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

@Timeout(30)
class TokenAuthenticationTest extends ApiTest {

    /** The only token that is accepted now. */
    private final AtomicReference<String> valid = new AtomicReference<>("");

    private final AtomicInteger logins = new AtomicInteger();

    @Test
    void theFirstCallLogsInAndTheNextOnesDont() {
        api.always(this::serve);
        ReportingClient client = client(LOGIN, 3, 4, null);

        client.sessions(QUERY);
        client.sessions(QUERY);

        ScriptedApi.Asked login = api.asked().get(0);
        assertThat(login.method() + " " + login.path()).isEqualTo("POST /login");
        assertThat(login.header("X-api-id")).isEqualTo("api-id-1");
        assertThat(login.header("Content-type")).isEqualTo("application/json");
        assertThat(login.header("Authorization")).isEmpty();
        assertThat(login.body()).isEqualTo("{\"email\":\"ops@example.com\",\"password\":\"pass-s3cret\"}");
        assertThat(api.asked().get(1).header("Authorization")).isEqualTo("Token token-1-s3cret");
        assertThat(api.count("/login")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"result\":1,\"access_token\":\"t\",\"user\":{\"name\":\"x\"}}",
                "{\"result\":\"1\",\"token\":\"t\"}",
                "{\"token\":\"t\"}",
                "{\"result\":1,\"token\":{\"access_token\":\"t\",\"expires_in\":\"soon\"}}"
            })
    void aTokenIsFoundUnderItsUsualNames(String answer) {
        api.then(ok(answer), ok(EMPTY_PAGE));

        client(LOGIN, 1, 1, null).sessions(QUERY);

        assertThat(api.asked().get(1).header("Authorization")).isEqualTo("Token t");
    }

    @ParameterizedTest
    @CsvSource({"401, 401", "403, 403", "200, 1001", "200, 403", "400, 1001"})
    void aTokenThatIsRefusedOnTheWayIsRenewedOnce(int status, String code) {
        api.always(exchange -> serve(exchange, status, code));
        ReportingClient client = client(LOGIN, 1, 1, null);
        client.sessions(QUERY);
        valid.set("another one");

        client.sessions(QUERY);

        assertThat(logins).hasValue(2);
        assertThat(api.count("/sessions")).isEqualTo(3);
    }

    @Test
    void manyThreadsWithTheSameStaleTokenShareOneLogin() throws Exception {
        int threads = 24;
        CyclicBarrier allRefused = new CyclicBarrier(threads);
        api.always(exchange -> {
            if (exchange.getRequestHeaders().getFirst("Authorization") != null
                    && exchange.getRequestHeaders().getFirst("Authorization").contains("token-1")
                    && !valid.get().contains("token-1")) {
                // All have sent the stale token before the first one hears of it.
                await(allRefused);
            }
            serve(exchange);
        });
        ReportingClient client = client(LOGIN, 1, threads, null);
        client.sessions(QUERY);
        valid.set("another one");

        List<Future<?>> calls = concurrently(threads, () -> client.callDetails(AppType.VC, "s"));

        for (Future<?> call : calls) {
            call.get(10, TimeUnit.SECONDS);
        }
        assertThat(logins).hasValue(2);
        assertThat(api.count("/sessions/s/cdr")).isEqualTo(2 * threads);
    }

    @Test
    void aLoginThatIsQuotedShowsNoPassword() {
        Credentials.Login awkward = new Credentials.Login("api-id-1", "ops@example.com", "s3cret\\ \"s3cret");
        api.always(exchange -> {
            String asked = api.asked().get(0).body();
            json(
                            400,
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("result", "400")
                                    .put("msg", "no: " + asked)
                                    .toString())
                    .to(exchange);
        });

        ApiException failure = failureOf(() -> client(awkward, 1, 1, null).sessions(QUERY));

        assertThat(failure)
                .hasMessageContaining("no: {\"email\":\"***\",\"password\":\"***\"}")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aFreshTokenThatIsRefusedAgainIsDenied() {
        api.always(exchange -> {
            if (isLogin(exchange)) {
                serve(exchange);
            } else {
                json(403, "{\"result\":403,\"msg\":\"token-1-s3cret and token-2-s3cret have expired\"}")
                        .to(exchange);
            }
        });

        ApiException failure = failureOf(() -> client(LOGIN, 6, 4, null).callDetails(AppType.VC, "s-1"));

        assertThat(failure)
                .isInstanceOf(ApiException.Denied.class)
                .hasMessageContaining("*** and *** have expired")
                .hasMessageNotContaining("s3cret");
        assertThat(failure.route()).isEqualTo("GET /sessions/{session_id}/cdr");
        assertThat(failure.attempts()).isEqualTo(2);
        assertThat(logins).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource({"401, 401", "403, 403", "200, 1001", "404, 404", "200, 406", "400, 400"})
    void aRefusedLoginIsDeniedAtOnceAndForAll(int status, String code) throws Exception {
        api.always(json(status, "{\"result\":\"" + code + "\",\"msg\":\"pass-s3cret is wrong\"}"));
        ReportingClient client = client(LOGIN, 6, 4, null);

        List<Future<?>> calls = concurrently(8, () -> {
            ApiException failure = failureOf(() -> client.sessions(QUERY));
            assertThat(failure).isInstanceOf(ApiException.Denied.class).hasMessageNotContaining("s3cret");
            assertThat(failure.route()).isEqualTo("POST /login");
            assertThat(failure.attempts()).isEqualTo(1);
        });

        for (Future<?> call : calls) {
            call.get(10, TimeUnit.SECONDS);
        }
        assertThat(api.asked()).hasSize(1);
    }

    @Test
    void aLoginThatIsUnavailableIsTriedAgain() {
        api.then(json(503, "{}"), ok("{\"result\":1}"), ok("{\"result\":1,\"token\":\"t\"}"), ok(EMPTY_PAGE));

        client(LOGIN, 3, 1, null).sessions(QUERY);

        assertThat(api.count("/login")).isEqualTo(3);
    }

    /** It breaks before, in or after the body, as chance has it: a body that is being sent fails in the words of its converter. */
    @Test
    void aLoginWhoseConnectionIsResetIsTriedAgain() throws Exception {
        Credentials.Login large = new Credentials.Login("api-id-1", "ops@example.com", "x".repeat(100_000));
        try (RawServer server = RawServer.resetting()) {
            ReportingClient client = clientOf(server.url(), large, 20, 1);

            ApiException failure = failureOf(() -> client.sessions(QUERY));

            assertThat(failure).isInstanceOf(ApiException.Down.class);
            assertThat(failure.route()).isEqualTo("POST /login");
            assertThat(failure.attempts()).isEqualTo(20);
        }
    }

    @Test
    void aLoginThatStaysUnavailableFailsTheCallButNotTheNextOne() {
        api.then(json(503, "{}"));
        api.always(this::serve);
        ReportingClient client = client(LOGIN, 1, 1, null);

        ApiException failure = failureOf(() -> client.sessions(QUERY));

        assertThat(failure).isInstanceOf(ApiException.Unavailable.class);
        assertThat(failure.route()).isEqualTo("POST /login");
        assertThat(failure.attempts()).isEqualTo(1);
        assertThat(api.count("/login")).isEqualTo(1);
        assertThat(client.sessions(QUERY).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"expires_in\":900", "\"expires_in\":\"900\"", "\"expiresIn\":900"})
    void aTokenWithALifetimeIsRenewedBeforeItEnds(String lifetime) {
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        SettableClock clock = new SettableClock(now);
        api.always(exchange -> {
            if (isLogin(exchange)) {
                ok("{\"result\":1,\"token\":\"t" + logins.incrementAndGet() + "\"," + lifetime + "}")
                        .to(exchange);
            } else {
                ok(EMPTY_PAGE).to(exchange);
            }
        });
        ReportingClient client = client(LOGIN, 1, 1, null, clock);
        client.sessions(QUERY);
        now.set(NOW.plusSeconds(719));
        client.sessions(QUERY);
        assertThat(logins).hasValue(1);

        now.set(NOW.plusSeconds(720));
        client.sessions(QUERY);

        assertThat(logins).hasValue(2);
        assertThat(api.asked().get(4).header("Authorization")).isEqualTo("Token t2");
    }

    @Test
    void anInterruptedLoginFailsItsThreadOnly() throws Exception {
        CyclicBarrier atLogin = new CyclicBarrier(2);
        api.then(exchange -> {
            json(503, "{}").to(exchange);
            await(atLogin);
        });
        api.always(this::serve);
        ReportingClient client = client(LOGIN, 3, 4, null, Duration.ofMinutes(1));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread first = new Thread(() -> thrown.set(catchThrowable(() -> client.sessions(QUERY))));
        first.start();
        await(atLogin);
        List<Future<?>> second = concurrently(1, () -> client.sessions(QUERY));

        // Whether the second one waits yet or comes later, it must not inherit the end of the first.
        first.interrupt();

        second.get(0).get(10, TimeUnit.SECONDS);
        first.join();
        assertThat(thrown.get()).isInstanceOf(CancellationException.class);
        assertThat(api.count("/login")).isEqualTo(2);
    }

    private void serve(HttpExchange exchange) throws IOException {
        serve(exchange, 403, "403");
    }

    private void serve(HttpExchange exchange, int status, String code) throws IOException {
        if (isLogin(exchange)) {
            String token = "token-" + logins.incrementAndGet() + "-s3cret";
            valid.set("Token " + token);
            ok("{\"result\":1,\"access_token\":\"" + token + "\",\"user\":{}}").to(exchange);
        } else if (!valid.get().equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            json(status, "{\"result\":\"" + code + "\",\"msg\":\"the token has expired\"}")
                    .to(exchange);
        } else {
            ok(exchange.getRequestURI().getPath().endsWith("/cdr") ? NO_CDR : EMPTY_PAGE)
                    .to(exchange);
        }
    }

    private static boolean isLogin(HttpExchange exchange) {
        return exchange.getRequestURI().getPath().endsWith("/login");
    }

    private static List<Future<?>> concurrently(int threads, Runnable call) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        List<Future<?>> futures = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            futures.add(executor.submit(call));
        }
        executor.shutdown();
        return futures;
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
