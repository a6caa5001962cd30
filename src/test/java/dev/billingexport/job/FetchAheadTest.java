package dev.billingexport.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billingexport.api.ApiException;
import dev.billingexport.api.Credentials;
import dev.billingexport.api.ReportingClient;
import dev.billingexport.ledger.CollectedSession;
import dev.billingexport.ledger.OpenWindow;
import dev.billingexport.ledger.Run;
import dev.billingexport.sample.Route;
import dev.billingexport.sample.SampleAccount;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.session.AppType;
import dev.billingexport.session.Session;
import dev.billingexport.session.Window;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.Clients;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.Served;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While one session is in hand, the next ones are on their way. */
class FetchAheadTest {

    private static final int AHEAD = 4;
    private static final Window FIFTH = new Window(
            AppType.VC,
            ExportProcess.OCTOBER.start().plus(Duration.ofDays(4)),
            ExportProcess.OCTOBER.start().plus(Duration.ofDays(5)));

    private static final List<SampleSession> SESSIONS = IntStream.range(0, 10)
            .mapToObj(number -> Served.session("s" + number, FIFTH.start().plus(Duration.ofHours(number))))
            .toList();

    @TempDir
    Path home;

    private final ExecutorService executor = Executors.newFixedThreadPool(AHEAD);
    private FakeApi api;
    private ExportProcess process;
    private Run run;

    @BeforeEach
    void start() {
        api = FakeApi.start(0, Behaviour.DOCUMENTED, SESSIONS);
        process = ExportProcess.start(home, api);
        run = process.october(1);
        process.ledger().fixWindows(run, "scope", List.of(FIFTH));
    }

    @AfterEach
    void end() {
        executor.shutdownNow();
        process.close();
        api.close();
    }

    @Test
    void theNextSessionsAreFetchedBeforeTheyAreAskedFor() throws Exception {
        CountDownLatch recordings = new CountDownLatch(AHEAD);
        api.onRequest(request -> {
            if (request.route() == Route.RECORDINGS) {
                recordings.countDown();
            }
        });
        try (ReportingClient client = client()) {
            FetchAhead ahead = ahead(client);

            assertThat(id(ahead.process(ahead.read()))).isEqualTo("s0");

            assertThat(recordings.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(api.counters().requests(Route.CDR)).isEqualTo(AHEAD);
        }
    }

    @Test
    void readingWaitsForNoDetailsAndWritesNothing() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        api.onRequest(request -> {
            if (request.route() == Route.CDR) {
                await(read);
            }
        });
        try (ReportingClient client = client()) {
            FetchAhead ahead = ahead(client);
            List<Session> sessions = new ArrayList<>();
            for (SampleSession session : SESSIONS) {
                sessions.add(ahead.read());
                assertThat(ahead.ended()).isFalse();
            }
            assertThat(ahead.read()).isNull();
            assertThat(ahead.ended()).isTrue();
            read.countDown();

            assertThat(sessions)
                    .extracting(Session::sessionId)
                    .containsExactlyElementsOf(
                            SESSIONS.stream().map(SampleSession::sessionId).toList());
            for (Session session : sessions) {
                assertThat(ahead.process(session).session()).isEqualTo(session);
            }
            assertThat(process.ledger().openWindows(run)).containsExactly(new OpenWindow(FIFTH, 0));
        } finally {
            read.countDown();
        }
    }

    @Test
    void whatStopsOneSessionStopsTheWindow() throws Exception {
        try (ReportingClient client = client(new Credentials.Basic(SampleAccount.APP_ID, "wrong"))) {
            DetailProcessor details = new DetailProcessor(client, FIFTH, Clock.systemUTC());
            try (ReportingClient lister = client()) {
                FetchAhead ahead = new FetchAhead(sessions(lister), details, executor, AHEAD);
                Session first = ahead.read();

                assertThatThrownBy(() -> ahead.process(first)).isInstanceOf(ApiException.Denied.class);
            }
        }
    }

    @Test
    void nothingIsFetchedAnyMoreOnceItIsClosed() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        api.onRequest(request -> {
            if (request.route() == Route.CDR && !request.sessionId().equals("s0")) {
                asked.countDown();
                await(closed);
            }
        });
        try (ReportingClient client = client()) {
            FetchAhead ahead = ahead(client);
            ahead.process(ahead.read());
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

            ahead.close();
            closed.countDown();
            executor.shutdown();

            assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            assertThat(api.counters().requests(Route.RECORDINGS)).isOne();
        }
    }

    private FetchAhead ahead(ReportingClient client) {
        return new FetchAhead(sessions(client), new DetailProcessor(client, FIFTH, Clock.systemUTC()), executor, AHEAD);
    }

    private SessionPageReader sessions(ReportingClient lister) {
        WindowPages pages = new WindowPages(lister, Clients.source(Map.of()), executor, Clock.systemUTC());
        return new SessionPageReader(pages.of(ExportProcess.OCTOBER, FIFTH), process.ledger(), run, null);
    }

    private ReportingClient client() {
        return client(Credentials.from(SampleAccount.basicCredentials()));
    }

    private ReportingClient client(Credentials credentials) {
        return Clients.of(api.baseUrl(), 1, credentials);
    }

    private static String id(CollectedSession collected) {
        return collected.session().sessionId();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
