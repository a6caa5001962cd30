package dev.billingexport.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.ledger.Run;
import dev.billingexport.run.Outcome;
import dev.billingexport.sample.Route;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.Fault;
import dev.billingexport.testing.Generator;
import dev.billingexport.testing.ServedRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An API that knows no date filter: whoever says so gets the period's sessions out of all that it has. */
class NoDateFilterTest {

    private static final String NONE = "export.source.date-filter=none";

    /** Three months of them. */
    private static final List<SampleSession> SERVED = new Generator(
                    21,
                    240,
                    ExportProcess.OCTOBER.start().minus(Duration.ofDays(30)),
                    ExportProcess.OCTOBER.end().plus(Duration.ofDays(30)),
                    0)
            .sessions();

    private static final ServedRecords TRUTH = new ServedRecords(SERVED, ExportProcess.OCTOBER);

    @TempDir
    Path home;

    private final Queue<Map<String, String>> asked = new ConcurrentLinkedQueue<>();
    private FakeApi api;

    @BeforeEach
    void serve() {
        api = FakeApi.start(0, Behaviour.DOCUMENTED.with().filterIgnored(true).build(), SERVED);
        api.onRequest(request -> {
            if (request.route() == Route.SESSIONS) {
                asked.add(request.query());
            }
        });
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void allIsListedOnceAnApplicationAndWhatLiesOutsideIsLeftOut() {
        try (ExportProcess process = ExportProcess.start(home, api, NONE)) {
            Run run = process.october(1);

            assertThat(process.launch(run)).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));

            TRUTH.assertIsIn(process.contents(), run);
            assertThat(process.ledger().windowCount(run)).isEqualTo(2);
        }
        assertThat(asked)
                .noneMatch(query -> query.containsKey("from_session_date") || query.containsKey("to_session_date"));
        assertThat(api.counters().requests(Route.CDR))
                .isEqualTo(TRUTH.sessionIds().size());
        // Two readings of three pages of video conferences and one of webinars, and of an empty page each.
        assertThat(asked).hasSize(2 * (3 + 1 + 2));
    }

    @Test
    void aRunThatFailedOverTheIgnoredFilterGoesOnWithoutIt() {
        try (ExportProcess process = ExportProcess.start(home, api)) {
            Outcome outcome = process.launch(process.october(1));
            assertThat(outcome.failure()).hasMessageContaining("set export.source.date-filter to none and resume");
        }
        asked.clear();

        try (ExportProcess process = ExportProcess.start(home, api, NONE)) {
            Run run = process.october(1);
            assertThat(process.launch(run)).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));
            TRUTH.assertIsIn(process.contents(), run);
        }
        assertThat(asked).hasSize(2 * (3 + 1 + 2));
    }

    @Test
    void whatAnEarlierLaunchCollectedIsNotFetchedAgain() {
        String broken = TRUTH.sessionIds().get(0);
        api.behave(Behaviour.DOCUMENTED
                .with()
                .broken(Route.CDR, broken, Fault.ERROR_500)
                .build());
        try (ExportProcess process = ExportProcess.start(home, api, "export.source.window=7d")) {
            assertThat(process.launch(process.october(1)).kind()).isEqualTo(Outcome.Kind.FAILED);
        }
        api.behave(Behaviour.DOCUMENTED.with().filterIgnored(true).build());
        api.counters().reset();

        try (ExportProcess process = ExportProcess.start(home, api, NONE)) {
            Run run = process.october(1);
            assertThat(process.launch(run)).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));
            TRUTH.assertIsIn(process.contents(), run);
        }
        assertThat(api.counters().requests(Route.CDR)).isOne();
        assertThat(api.counters().requests(Route.CDR, broken)).isOne();
    }

    @Test
    void eachValueOfAFilterIsListedWithoutDatesToo() {
        String user = TRUTH.sessions.get(0).userId();
        List<String> expected = new ArrayList<>();
        TRUTH.sessions.stream()
                .filter(session -> user.equals(session.userId()))
                .forEach(session -> expected.add(session.sessionId()));
        try (ExportProcess process = ExportProcess.start(
                home, api, NONE, "export.source.filter.by=user_id", "export.source.filter.values=nobody," + user)) {
            Run run = process.october(1);

            assertThat(process.launch(run)).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));

            assertThat(process.contents().sessionIds(run)).containsExactlyInAnyOrderElementsOf(expected);
        }
    }
}
