package dev.billingexport.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billingexport.sample.RecordedSample;
import dev.billingexport.sample.Route;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

class FakeApiFaultsTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-02T06:00:00Z"), ZoneOffset.UTC);

    private FakeApi api;
    private Caller caller;

    @BeforeEach
    void start() {
        api = FakeApi.start(0, Behaviour.DOCUMENTED, RecordedSample.sessions(), CLOCK);
        caller = Caller.of(api.baseUrl());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void serverErrorsAndRateLimits() throws IOException {
        assertThat(met(Fault.ERROR_500).statusCode()).isEqualTo(500);
        assertThat(met(Fault.UNAVAILABLE_503).statusCode()).isEqualTo(503);
        assertThat(met(Fault.RATE_LIMIT_429).statusCode()).isEqualTo(429);
        assertThat(met(Fault.RATE_LIMIT_429).headers().firstValue("Retry-After"))
                .isEmpty();
        assertThat(met(Fault.RATE_LIMIT_SECONDS).statusCode()).isEqualTo(429);
        assertThat(met(Fault.RATE_LIMIT_SECONDS).headers().firstValue("Retry-After"))
                .contains("7");
        assertThat(met(Fault.RATE_LIMIT_DATE).headers().firstValue("Retry-After"))
                .contains("Mon, 2 Nov 2026 06:00:07 GMT");
        assertThat(met(Fault.NOT_FOUND).statusCode()).isEqualTo(404);
    }

    @Test
    void wrongAnswersUnderOk() throws IOException {
        assertThat(met(Fault.RESULT_ZERO).statusCode()).isEqualTo(200);
        assertThat(JsonMapper.shared()
                        .readTree(met(Fault.RESULT_ZERO).body())
                        .path("result")
                        .stringValue())
                .isEqualTo("0");
        assertThat(met(Fault.HTML).statusCode()).isEqualTo(200);
        assertThat(met(Fault.HTML).headers().firstValue("Content-Type")).contains("text/html; charset=UTF-8");
        assertThat(met(Fault.HTML).body()).startsWith("<!DOCTYPE html>");
        assertThat(JsonMapper.shared()
                        .readTree(met(Fault.NONSENSE).body())
                        .path("cdr")
                        .isArray())
                .isFalse();
    }

    @Test
    void brokenConnections() {
        assertThatThrownBy(() -> met(Fault.DISCONNECT)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> met(Fault.TRUNCATED))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("fixed content-length");
    }

    @Test
    @Timeout(30)
    void aHangEndsOnlyWithTheServer() {
        api.behave(Behaviour.DOCUMENTED.with().fault(Fault.HANG, 1).build());
        CompletableFuture<HttpResponse<Void>> answer =
                Caller.HTTP.sendAsync(caller.request("/sessions").build(), HttpResponse.BodyHandlers.discarding());
        while (api.counters().faults() == 0) {
            Thread.onSpinWait();
        }
        assertThat(answer).isNotDone();

        api.close();

        assertThatThrownBy(answer::join).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void theSameSeedGivesEachRequestTheSameFateInAnyOrder() throws IOException {
        List<Integer> forwards = statuses(false, 7);
        List<Integer> backwards = statuses(true, 7);
        List<Integer> otherwise = statuses(false, 8);

        assertThat(backwards).isEqualTo(forwards);
        assertThat(otherwise).isNotEqualTo(forwards);
        assertThat(Collections.frequency(forwards, 500)).isBetween(30, 90);
        assertThat(Collections.frequency(forwards, 503)).isBetween(10, 60);
    }

    @Test
    void noRequestMeetsMoreFaultsInARowThanAllowed() throws IOException {
        api.behave(Behaviour.DOCUMENTED
                .with()
                .fault(Fault.ERROR_500, 1)
                .faultsInARow(2)
                .build());

        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            statuses.add(caller.get("/sessions").statusCode());
        }

        assertThat(statuses).containsExactly(500, 500, 200, 500, 500, 200);
        assertThat(api.counters().faults()).isEqualTo(4);
    }

    @Test
    void detailsAreBrokenForGoodWhileTheOthersAreFine() throws IOException {
        api.behave(Behaviour.DOCUMENTED
                .with()
                .broken(Route.CDR, "vc-007", Fault.ERROR_500)
                .broken(Route.RECORDINGS, "vc-007", Fault.NOT_FOUND)
                .broken(Route.CDR, "vc-009", Fault.NONSENSE)
                .build());

        for (int i = 0; i < 5; i++) {
            assertThat(caller.get("/sessions/vc-007/cdr").statusCode()).isEqualTo(500);
        }
        assertThat(caller.get("/sessions/vc-007/recordings").statusCode()).isEqualTo(404);
        assertThat(caller.json("/sessions/vc-009/cdr").path("cdr").intValue()).isEqualTo(42);
        assertThat(caller.json("/sessions/vc-009/recordings").path("recordings"))
                .isEmpty();
        assertThat(caller.json("/sessions/vc-011/cdr").path("cdr")).hasSize(5);

        api.behave(Behaviour.DOCUMENTED);
        assertThat(caller.get("/sessions/vc-007/cdr").statusCode()).isEqualTo(200);
    }

    @Test
    void sharesBeyondAllRequestsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Behaviour.DOCUMENTED
                        .with()
                        .fault(Fault.HTML, 0.6)
                        .fault(Fault.ERROR_500, 0.6)
                        .build());
    }

    private HttpResponse<String> met(Fault fault) throws IOException {
        api.behave(Behaviour.DOCUMENTED
                .with()
                .fault(fault, 1)
                .retryAfter(Duration.ofSeconds(7))
                .build());
        return caller.get("/sessions/vc-002/cdr");
    }

    /** The statuses of 300 requests, three tries each, by page and try, whatever order they were sent in. */
    private List<Integer> statuses(boolean backwards, long seed) throws IOException {
        api.behave(Behaviour.DOCUMENTED
                .with()
                .seed(seed)
                .fault(Fault.ERROR_500, 0.2)
                .fault(Fault.UNAVAILABLE_503, 0.1)
                .build());
        List<List<Integer>> pages = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            List<Integer> tries = new ArrayList<>();
            for (int attempt = 0; attempt < 3; attempt++) {
                int page = backwards ? 100 - i : i + 1;
                tries.add(caller.get("/sessions?page=" + page).statusCode());
            }
            pages.add(tries);
        }
        if (backwards) {
            Collections.reverse(pages);
        }
        return pages.stream().flatMap(List::stream).toList();
    }
}
