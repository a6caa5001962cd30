package dev.billingexport.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billingexport.api.ApiException;
import dev.billingexport.api.Credentials;
import dev.billingexport.api.ReportingClient;
import dev.billingexport.api.SessionQuery;
import dev.billingexport.ledger.CollectedSession;
import dev.billingexport.sample.Route;
import dev.billingexport.sample.SampleAccount;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.session.AppType;
import dev.billingexport.session.Problem;
import dev.billingexport.session.Session;
import dev.billingexport.session.Window;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.ChangingProxy;
import dev.billingexport.testing.Clients;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.Fault;
import dev.billingexport.testing.Served;
import dev.billingexport.testing.ServedRecords;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is broken of one session is that session's problem, and costs it nothing else. */
class DetailProcessorTest {

    private static final SampleSession SERVED = Served.session("a", Instant.parse("2026-10-05T12:00:00Z"));
    private static final ServedRecords TRUTH = new ServedRecords(List.of(SERVED), ExportProcess.OCTOBER);
    private static final Session SESSION = TRUTH.sessions.get(0);

    private static final Window WINDOW =
            ExportProcess.OCTOBER.windows(AppType.VC, Duration.ofDays(1)).get(4);

    private static FakeApi api;

    @BeforeAll
    static void start() {
        api = FakeApi.start(0, Behaviour.DOCUMENTED, List.of(SERVED));
    }

    @AfterAll
    static void end() {
        api.close();
    }

    @Test
    void bothPartsOfASessionAreFetched() {
        api.behave(Behaviour.DOCUMENTED);

        CollectedSession collected = process(1);

        assertThat(collected.session()).isEqualTo(SESSION);
        assertThat(collected.callDetails()).isEqualTo(callDetails()).hasSize(2);
        assertThat(collected.recordings()).isEqualTo(recordings()).hasSize(1);
        assertThat(collected.problems()).isEmpty();
    }

    @Test
    void callDetailsThatStayBrokenAreAProblemAndTheRecordingsAreKept() {
        breakDown(Route.CDR, Fault.ERROR_500);

        CollectedSession collected = process(2);

        assertThat(collected.callDetails()).isEmpty();
        assertThat(collected.recordings()).isEqualTo(recordings());
        assertThat(collected.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.sessionId()).isEqualTo("a");
            assertThat(problem.transDate()).isEqualTo(SESSION.transDate());
            assertThat(problem.part()).isEqualTo(Problem.Part.CALL_DETAILS);
            assertThat(problem.attempts()).isEqualTo(2);
            assertThat(problem.cause()).contains("500").doesNotContain(SampleAccount.APP_KEY);
        });
    }

    @Test
    void recordingsThatAreNotFoundAreNoneWhereTheCallDetailsAreFine() {
        breakDown(Route.RECORDINGS, Fault.NOT_FOUND);

        CollectedSession collected = process(2);

        assertThat(collected.callDetails()).isEqualTo(callDetails());
        assertThat(collected.recordings()).isEmpty();
        assertThat(collected.problems()).isEmpty();
    }

    @Test
    void recordingsThatAreNotFoundAreAProblemWhereTheCallDetailsAreOne() {
        api.behave(Behaviour.DOCUMENTED
                .with()
                .broken(Route.CDR, "a", Fault.ERROR_500)
                .broken(Route.RECORDINGS, "a", Fault.NOT_FOUND)
                .build());

        assertThat(process(1).problems())
                .extracting(Problem::part)
                .containsExactly(Problem.Part.CALL_DETAILS, Problem.Part.RECORDINGS);
    }

    @Test
    void aPageThatHidesRecordingsIsNotTakenForNoneUnlessItStays() throws IOException {
        api.behave(Behaviour.DOCUMENTED);
        AtomicInteger hidden = new AtomicInteger();
        try (ChangingProxy proxy = ChangingProxy.changingAnswers(api.baseUrl())) {
            proxy.replace(
                    (asked, reply) -> asked.uri().getPath().endsWith("/recordings") && hidden.getAndIncrement() != 1
                            ? new ChangingProxy.Reply(404, "<html>no such page</html>")
                            : reply);
            try (ReportingClient client = Clients.of(proxy.baseUrl(), 1)) {
                assertThat(new DetailProcessor(client, WINDOW, Clock.systemUTC())
                                .process(SESSION)
                                .recordings())
                        .isEqualTo(recordings());

                CollectedSession without = new DetailProcessor(client, WINDOW, Clock.systemUTC()).process(SESSION);

                assertThat(without.recordings()).isEmpty();
                assertThat(without.problems()).isEmpty();
            }
        }
        assertThat(hidden).hasValue(4);
    }

    @Test
    void recordingsThatCannotBeHadAreAProblemAndTheCallDetailsAreKept() {
        breakDown(Route.RECORDINGS, Fault.ERROR_500);

        CollectedSession collected = process(1);

        assertThat(collected.callDetails()).isEqualTo(callDetails());
        assertThat(collected.recordings()).isEmpty();
        assertThat(collected.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.part()).isEqualTo(Problem.Part.RECORDINGS);
            assertThat(problem.attempts()).isOne();
            assertThat(problem.cause()).contains("500");
        });
    }

    @Test
    void aSessionMayHaveTwoProblems() {
        api.behave(Behaviour.DOCUMENTED
                .with()
                .broken(Route.CDR, "a", Fault.HTML)
                .broken(Route.RECORDINGS, "a", Fault.NONSENSE)
                .build());

        assertThat(process(1).problems())
                .extracting(Problem::part)
                .containsExactly(Problem.Part.CALL_DETAILS, Problem.Part.RECORDINGS);
    }

    @Test
    void refusedCredentialsConcernEverybody() {
        api.behave(Behaviour.DOCUMENTED);
        Credentials wrong = new Credentials.Basic(SampleAccount.APP_ID, "wrong");

        try (ReportingClient client = Clients.of(api.baseUrl(), 1, wrong)) {
            assertThatThrownBy(() -> new DetailProcessor(client, WINDOW, Clock.systemUTC()).process(SESSION))
                    .isInstanceOf(ApiException.Denied.class);
        }
    }

    @Test
    void credentialsThatAreRefusedForRecordingsAloneConcernEverybodyToo() {
        api.behave(Behaviour.DOCUMENTED);
        Credentials login = Credentials.from(SampleAccount.loginCredentials());
        try (ReportingClient client = Clients.of(api.baseUrl(), 1, login)) {
            client.callDetails(SESSION.appType(), "a");
            api.onRequest(request -> {
                if (request.route() == Route.RECORDINGS) {
                    api.forgetTokens();
                }
            });

            assertThatThrownBy(() -> new DetailProcessor(client, WINDOW, Clock.systemUTC()).process(SESSION))
                    .isInstanceOf(ApiException.Denied.class);
        } finally {
            api.onRequest(request -> {});
        }
    }

    private static void breakDown(Route route, Fault fault) {
        api.behave(Behaviour.DOCUMENTED.with().broken(route, "a", fault).build());
    }

    private static CollectedSession process(int maxAttempts) {
        try (ReportingClient client = Clients.of(api.baseUrl(), maxAttempts)) {
            // As a run does: a client that never had an answer takes the API for down.
            client.sessions(new SessionQuery(AppType.VC, null, null, null, 1, 100));
            return new DetailProcessor(client, WINDOW, Clock.systemUTC()).process(SESSION);
        }
    }

    private static List<?> callDetails() {
        return TRUTH.callDetails.stream().map(ServedRecords.Of::detail).toList();
    }

    private static List<?> recordings() {
        return TRUTH.recordings.stream().map(ServedRecords.Of::detail).toList();
    }
}
