package dev.billingexport.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.Caller;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.SettableClock;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SampleAccessTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-02T06:00:00Z"));

    private FakeApi api;
    private Caller caller;

    @BeforeEach
    void start() {
        api = FakeApi.start(0, Behaviour.DOCUMENTED, List.of(), new SettableClock(now));
        caller = Caller.of(api.baseUrl());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void basicAuthenticationLetsTheSampleAccountIn() throws IOException {
        assertThat(caller.get("/sessions").statusCode()).isEqualTo(200);
        refused(caller.as("Basic c2FtcGxlOndyb25n"), 401, "401");
        refused(caller.as("Bearer x"), 401, "401");
        refused(caller.as(null), 400, "400");
    }

    @Test
    void aLoginGivesATokenThatWorksUntilItExpires() throws IOException {
        Caller user = caller.as("Token " + token(caller.login()));

        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(15)).minusMillis(1));
        assertThat(user.get("/sessions").statusCode()).isEqualTo(200);
        now.updateAndGet(instant -> instant.plusMillis(1));
        refused(user, 403, "403");
        assertThat(user.get("/sessions").body()).contains("the token has expired");
        assertThat(caller.as("Token " + token(caller.login())).get("/sessions").statusCode())
                .isEqualTo(200);
        assertThat(api.counters().logins()).isEqualTo(2);
    }

    @Test
    void aWrongLoginIsRefused() throws IOException {
        assertThat(caller.login("stranger", "{\"email\":\"billing@example.com\",\"password\":\"sample-password\"}")
                        .statusCode())
                .isEqualTo(401);
        assertThat(caller.login("sample-api", "{\"email\":\"billing@example.com\",\"password\":\"guess\"}")
                        .statusCode())
                .isEqualTo(401);
        assertThat(caller.login("sample-api", "{\"email\":1}").statusCode()).isEqualTo(406);
        assertThat(caller.login("sample-api", "email=x").statusCode()).isEqualTo(406);
        assertThat(api.counters().logins()).isZero();
    }

    @Test
    void theCredentialsAreFoundByTheNamesOfTheEnvironment() {
        assertThat(SampleAccount.basicCredentials().apply("ENABLEX_APP_ID")).isEqualTo("sample");
        assertThat(SampleAccount.basicCredentials().apply("ENABLEX_APP_KEY")).isEqualTo("sample-key");
        assertThat(SampleAccount.basicCredentials().apply("ENABLEX_EMAIL")).isNull();
        assertThat(SampleAccount.loginCredentials().apply("ENABLEX_PASSWORD")).isEqualTo("sample-password");
    }

    private static void refused(Caller caller, int status, String code) throws IOException {
        HttpResponse<String> answer = caller.get("/sessions");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Json.parse(answer.body()).path("result").stringValue()).isEqualTo(code);
    }

    private static String token(HttpResponse<String> login) {
        assertThat(login.statusCode()).isEqualTo(200);
        return Json.parse(login.body()).path("access_token").stringValue();
    }
}
