package dev.billingexport.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.api.ApiException;
import dev.billingexport.api.Credentials;
import dev.billingexport.ledger.Run;
import dev.billingexport.run.Outcome;
import dev.billingexport.sample.Route;
import dev.billingexport.sample.SampleAccount;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.Fault;
import dev.billingexport.testing.Generator;
import dev.billingexport.testing.ServedRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The API at its worst, through the whole run. */
@Timeout(120)
class WorstApiTest {

    private static final int FAULTS_FROM = 60;

    private static final List<SampleSession> SESSIONS =
            new Generator(21, 80, ExportProcess.OCTOBER.start(), ExportProcess.OCTOBER.end(), 0.2).sessions();
    private static final ServedRecords TRUTH = new ServedRecords(SESSIONS, ExportProcess.OCTOBER);

    @TempDir
    Path home;

    private FakeApi api;

    @BeforeEach
    void serve() {
        api = FakeApi.start(0, Behaviour.AWKWARD, SESSIONS);
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void everyKindOfFaultAtOnceAndTokensThatExpireAreOutlasted() {
        Behaviour.Builder worst = Behaviour.AWKWARD.with().retryAfter(Duration.ofSeconds(1));
        for (Fault fault : List.of(Fault.values())) {
            if (fault != Fault.NOT_FOUND) {
                worst.fault(fault, fault.name().matches("RATE_.*|UNAV.*|HANG") ? 0.005 : 0.03);
            }
        }
        api.behave(worst.build());
        AtomicInteger requests = new AtomicInteger();
        api.onRequest(request -> {
            if (requests.incrementAndGet() % 100 == 0) {
                api.expireTokens();
            }
        });
        try (ExportProcess process = start("export.source.max-attempts=6", "export.source.read-timeout=1s")) {
            Run run = process.october(1);

            assertThat(process.launch(run)).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));

            TRUTH.assertIsIn(process.contents(), run);
            assertThat(process.contents().problemCount(run)).isZero();
            assertThat(api.counters().faults()).as("faults").isGreaterThan(30);
            assertThat(api.counters().logins()).as("logins").isBetween(2L, 1L + requests.get() / 100 * 2);
        }
    }

    @Test
    void anApiThatGoesDownInMidRunEndsItInTimeWithFewRequestsAndTheNextLaunchGoesOn() {
        AtomicInteger requests = new AtomicInteger();
        api.onRequest(request -> {
            if (requests.incrementAndGet() == FAULTS_FROM) {
                api.behave(Behaviour.AWKWARD
                        .with()
                        .fault(Fault.DISCONNECT, 1)
                        .faultsInARow(Integer.MAX_VALUE)
                        .build());
            }
        });
        // Ten times the waiting between the tries of one request: ten seconds.
        try (ExportProcess process = start("export.source.max-attempts=2")) {
            Run run = process.october(1);

            Outcome outcome = process.launch(run);

            assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
            assertThat(outcome.failure()).isInstanceOf(ApiException.Down.class);
            System.out.printf("Outage of a run: %d requests in ten seconds%n", requests.get() - FAULTS_FROM);
            assertThat(requests.get() - FAULTS_FROM)
                    .as("requests during the outage")
                    .isLessThan(60);
            assertThat(process.current()).isEmpty();
        }

        api.onRequest(request -> {});
        api.behave(Behaviour.AWKWARD);
        api.counters().reset();
        try (ExportProcess process = start()) {
            Run run = process.october(1);
            long kept = process.contents().sessionCount(run);

            assertThat(process.launch(run)).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));

            TRUTH.assertIsIn(process.contents(), run);
            assertThat(api.counters().requests(Route.CDR)).isEqualTo(SESSIONS.size() - kept);
        }
    }

    private ExportProcess start(String... settings) {
        String[] all = new String[settings.length + 1];
        System.arraycopy(settings, 0, all, 1, settings.length);
        all[0] = "export.source.window=7d";
        return ExportProcess.start(home, api.baseUrl(), Credentials.from(SampleAccount.loginCredentials()), all);
    }
}
