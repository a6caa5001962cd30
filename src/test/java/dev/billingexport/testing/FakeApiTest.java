package dev.billingexport.testing;

import static dev.billingexport.testing.Caller.between;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.sample.RecordedSample;
import dev.billingexport.sample.Route;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.session.AppType;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** That the fixture strays from the documentation as it is told, and counts. */
class FakeApiTest {

    private static final String OCTOBER = between("2026-10-01 00:00:00", "2026-11-01 00:00:00");

    private FakeApi api;
    private Caller caller;

    @BeforeEach
    void start() {
        api = FakeApi.start(0, Behaviour.DOCUMENTED, RecordedSample.sessions());
        caller = Caller.of(api.baseUrl());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource({"true,true,vc-002,vc-033", "false,true,vc-003,vc-033", "true,false,vc-002,vc-032"})
    void theEndsOfTheFilterAreInclusiveOrNot(boolean from, boolean to, String first, String last) throws IOException {
        api.behave(
                Behaviour.DOCUMENTED.with().fromInclusive(from).toInclusive(to).build());

        assertThat(caller.ids(OCTOBER + "&page_length=7")).startsWith(first).endsWith(last);
    }

    @Test
    void anIgnoredFilterListsEverything() throws IOException {
        api.behave(Behaviour.DOCUMENTED.with().filterIgnored(true).build());

        assertThat(caller.ids(between("2020-01-01 00:00:00", "2020-01-02 00:00:00")))
                .hasSize(33);
    }

    @Test
    void capsThePageSilently() throws IOException {
        api.behave(Behaviour.DOCUMENTED.with().maxPageLength(5).build());

        assertThat(caller.page("page_length=50")).hasSize(5);
        assertThat(caller.ids("page_length=50")).hasSize(33).doesNotHaveDuplicates();
        assertThat(caller.page("page=99")).isEmpty();
    }

    @Test
    void scramblesAndRepeatsRowsButLeavesNoneOut() throws IOException {
        api.behave(Behaviour.AWKWARD.with().maxPageLength(8).build());

        List<String> first = caller.page("page=1&page_length=100&order_by=session_id");
        List<String> second = caller.page("page=2&page_length=100&order_by=session_id");
        List<String> all = caller.ids("page_length=100&order_by=session_id");

        assertThat(first).isNotEqualTo(first.stream().sorted().toList());
        assertThat(second.subList(0, 3)).isEqualTo(first.subList(5, 8));
        assertThat(all).hasSizeGreaterThan(33);
        assertThat(new HashSet<>(all)).hasSize(33);
        assertThat(caller.json("/sessions").path("result").isString()).isTrue();
    }

    @Test
    void theDataMayChangeWhileItIsListed() throws IOException {
        SampleSession late = SampleSession.parse("""
                {"session": {"session_id": "late", "app_type": "vc", "trans_date": "2026-10-01T00:00:00.001Z"},
                 "cdr": [{"duration": 1}], "recordings": []}
                """);
        api.onRequest(request -> {
            if ("2".equals(request.query().get("page"))) {
                api.put(late);
                api.remove("vc-002");
            }
        });

        assertThat(caller.page(OCTOBER + "&page=1")).startsWith("vc-002", "vc-003");
        assertThat(caller.page(OCTOBER + "&page=2")).hasSize(10);
        assertThat(caller.page(OCTOBER + "&page=1")).startsWith("late", "vc-003");
        assertThat(caller.get("/sessions/vc-002/cdr").statusCode()).isEqualTo(404);
        assertThat(caller.json("/sessions/late/cdr").path("cdr")).hasSize(1);
        assertThat(caller.page("search_by=session_id&search_string=late")).containsExactly("late");
    }

    @Test
    void countsWhatItWasAsked() throws IOException {
        caller.ids(OCTOBER + "&page_length=20");
        caller.get("/sessions/vc-007/cdr");
        caller.get("/sessions/vc-007/cdr");
        caller.get("/sessions/nobody/recordings");
        caller.get("/sessions?page=0");

        Counters counters = api.counters();
        assertThat(counters.pages()).isEqualTo(3);
        assertThat(counters.requests(Route.SESSIONS)).isEqualTo(4);
        assertThat(counters.requests(Route.CDR)).isEqualTo(2);
        assertThat(counters.requests(Route.CDR, "vc-007")).isEqualTo(2);
        assertThat(counters.requests(Route.RECORDINGS, "vc-007")).isZero();
        assertThat(counters.requests(Route.RECORDINGS, "nobody")).isEqualTo(1);
        assertThat(counters.highestInFlight()).isEqualTo(1);

        counters.reset();
        assertThat(counters.requests(Route.CDR)).isZero();
        assertThat(counters.requests(Route.CDR, "vc-007")).isZero();
    }

    @Test
    void servesHundredsOfRequestsAtOnce() {
        CountDownLatch together = new CountDownLatch(200);
        api.onRequest(request -> {
            together.countDown();
            await(together);
        });

        List<CompletableFuture<Integer>> answers = IntStream.range(0, 200)
                .mapToObj(i -> Caller.HTTP.sendAsync(
                        caller.request("/sessions/vc-007/cdr").build(), HttpResponse.BodyHandlers.discarding()))
                .map(answer -> answer.thenApply(HttpResponse::statusCode))
                .toList();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(200));
        assertThat(api.counters().highestInFlight()).isEqualTo(200);
    }

    @Test
    void everyAnswerTakesTheLatency() throws IOException {
        api.behave(Behaviour.DOCUMENTED.with().latency(Duration.ofMillis(120)).build());
        long start = System.nanoTime();

        caller.get("/sessions");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(120));
    }

    @Test
    void aScrambledListingOfAnySizeHoldsEachRowOnce() throws IOException {
        Behaviour scrambled = Behaviour.DOCUMENTED
                .with()
                .scrambled(true)
                .maxPageLength(100_000)
                .build();
        Instant from = Instant.parse("2026-10-01T00:00:00Z");
        for (int size : new int[] {1, 2, 40, 7907, 7919, 15838}) {
            Generator generator = new Generator(2, size, from, from.plus(Duration.ofDays(31)), 0);
            int found = 0;
            try (FakeApi large = FakeApi.start(0, scrambled, generator.sessions())) {
                for (AppType appType : AppType.values()) {
                    List<String> ids =
                            Caller.of(large.baseUrl()).on(appType.code()).page("page_length=100000");
                    assertThat(ids).doesNotHaveDuplicates();
                    found += ids.size();
                }
            }
            assertThat(found).isEqualTo(size);
        }
    }

    @Test
    void tokensExpireOrAreForgottenOnRequest() throws IOException {
        Caller user = caller.as("Token "
                + JsonMapper.shared()
                        .readTree(caller.login().body())
                        .path("access_token")
                        .stringValue());
        assertThat(user.get("/sessions").statusCode()).isEqualTo(200);

        api.expireTokens();
        assertThat(user.get("/sessions").statusCode()).isEqualTo(403);
        api.forgetTokens();
        assertThat(user.get("/sessions").statusCode()).isEqualTo(401);
        assertThat(api.counters().logins()).isEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
