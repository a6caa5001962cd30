package dev.billingexport.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.ledger.Run;
import dev.billingexport.run.Outcome;
import dev.billingexport.sample.Route;
import dev.billingexport.sample.SampleRequest;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.session.AppType;
import dev.billingexport.session.Period;
import dev.billingexport.session.Problem;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.Fault;
import dev.billingexport.testing.Served;
import dev.billingexport.testing.ServedRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions come, change and go while they are listed: what was delivered is what the API lists in the end. */
class MovingListingTest {

    /** From Thursday to Thursday, as windows of seven days are cut: it is one of them. */
    private static final Period WEEK = new Period(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 8), ZoneOffset.UTC);

    private static final int SESSIONS = 60;

    /** The first reading collects, the second one confirms. */
    private static final int CONFIRMING = 2;

    @TempDir
    Path home;

    /** What the API serves at the moment. */
    private final Map<String, SampleSession> served = new LinkedHashMap<>();

    private FakeApi api;
    private int listings;

    @BeforeEach
    void serve() {
        for (int i = 0; i < SESSIONS; i++) {
            SampleSession session = session(i, "10.0");
            served.put(session.sessionId(), session);
        }
        // Pages of ten in order of id: what is added or taken away shifts the rows of the pages behind it.
        api = FakeApi.start(0, Behaviour.DOCUMENTED.with().maxPageLength(10).build(), served.values());
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void whatIsAddedOrChangedMeanwhileIsDeliveredAsItIsInTheEnd() {
        onListing(number -> {
            if (number <= 24) {
                put(session(1000 - number, "3.5"));
                put(session(number * 2, "11." + number));
            }
        });
        try (ExportProcess process = start()) {
            Run run = process.run(WEEK, 1);

            assertThat(process.launch(run)).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));

            truth().assertIsIn(process.contents(), run);
            assertThat(process.contents().sessionCount(run)).isEqualTo(SESSIONS + 24);
        }
    }

    @Test
    void aLateSessionIsFetchedByTheConfirmingPassAndAskedForOnce() {
        onFirstPage(number -> {
            if (number == CONFIRMING) {
                put(session(500, "7"));
            }
        });
        try (ExportProcess process = start()) {
            Run run = process.run(WEEK, 1);

            assertThat(process.launch(run).kind()).isEqualTo(Outcome.Kind.DELIVERED);

            truth().assertIsIn(process.contents(), run);
            for (String id : served.keySet()) {
                assertThat(api.counters().requests(Route.CDR, id)).as(id).isOne();
            }
        }
    }

    @Test
    void whatVanishesIsAProblemAndNothingElseIs() {
        List<String> vanished = new ArrayList<>();
        onFirstPage(number -> {
            if (number == CONFIRMING) {
                for (int i = 0; i < 30; i += 10) {
                    remove(id(i));
                    vanished.add(id(i));
                }
            }
        });
        try (ExportProcess process = start()) {
            Run run = process.run(WEEK, 1);

            assertThat(process.launch(run)).isEqualTo(new Outcome(Outcome.Kind.FAILED, null));

            truth().assertIsIn(process.contents(), run);
            assertThat(process.contents().problems(run))
                    .allMatch(problem -> problem.part() == Problem.Part.SESSION)
                    .extracting(Problem::sessionId)
                    .containsExactlyInAnyOrderElementsOf(vanished);
            assertThat(home.resolve("out")).doesNotExist();
        }
    }

    @Test
    void whatBecomesNonsenseIsAProblemUntilItIsRightAgain() {
        onFirstPage(number -> {
            if (number == CONFIRMING) {
                put(session(5, "\"lots\""));
            }
        });
        try (ExportProcess process = start()) {
            Run run = process.run(WEEK, 1);

            assertThat(process.launch(run)).isEqualTo(new Outcome(Outcome.Kind.FAILED, null));

            assertThat(process.contents().problems(run)).singleElement().satisfies(problem -> {
                assertThat(problem.sessionId()).isEqualTo(id(5));
                assertThat(problem.part()).isEqualTo(Problem.Part.SESSION);
                assertThat(problem.transDate()).isEqualTo(session(5, "1").date());
                assertThat(problem.cause()).contains("duration of session " + id(5) + " is not a number: lots");
            });
            assertThat(process.contents().sessionIds(run)).hasSize(SESSIONS - 1).doesNotContain(id(5));
        }

        onFirstPage(number -> {});
        put(session(5, "10.5"));
        api.counters().reset();
        assertThatItDelivers();
        assertThat(api.counters().requests(Route.CDR)).isOne();
    }

    @Test
    void nonsenseOfANeighbouringPeriodIsNoneOfOurs() {
        put(Served.session("before", WEEK.start().minusMillis(1), AppType.VC, "\"lots\""));
        put(Served.session("after", WEEK.end(), AppType.VC, "\"lots\""));
        served.keySet().removeAll(List.of("before", "after"));
        assertThatItDelivers();
    }

    @Test
    void aSessionThatMovesToAnotherDayIsThereOnce() {
        // Seven windows are collected, the eighth reading confirms the first of them.
        onFirstPage(number -> {
            if (number == 7 + 1) {
                put(Served.session(id(7), WEEK.end().minusSeconds(1), AppType.VC, "10.0"));
            }
        });
        assertThatItDelivers("export.source.window=1d");
    }

    /** One that is listed otherwise every time, one that is there every other time, and one under both applications. */
    @Test
    void aSessionThatNeverStandsStillIsAProblemAndHoldsUpNoOther() {
        api.put(Served.session(id(9), session(9, "10.0").date(), AppType.WB, "10.0"));
        onFirstPage(number -> {
            put(session(5, "1." + number));
            if (number % 2 == 0) {
                remove(id(7));
            } else {
                put(session(7, "7"));
            }
        });
        try (ExportProcess process = start("export.source.app-types=vc,wb")) {
            Run run = process.run(WEEK, 1);

            assertThat(process.launch(run)).isEqualTo(new Outcome(Outcome.Kind.FAILED, null));

            assertThat(process.contents().problems(run))
                    .allMatch(problem -> problem.part() == Problem.Part.SESSION)
                    .extracting(Problem::sessionId)
                    .containsExactlyInAnyOrder(id(5), id(7), id(9));
            assertThat(process.contents().problems(run))
                    .filteredOn(problem -> problem.cause().contains("contradict each other"))
                    .extracting(Problem::sessionId)
                    .contains(id(5), id(9));
            assertThat(process.contents().sessionIds(run)).hasSize(SESSIONS - 3).doesNotContain(id(5), id(7), id(9));
        }

        onFirstPage(number -> {});
        put(session(7, "7"));
        api.remove(id(9));
        put(session(9, "10.0"));
        api.counters().reset();
        assertThatItDelivers("export.source.app-types=vc,wb");
        assertThat(api.counters().requests(Route.CDR)).isEqualTo(3);
    }

    /** As where something before the API drops the header that selects the application. */
    @Test
    void sessionsThatBothApplicationsListAreProblemsUntilOneDoes() {
        served.values()
                .forEach(session -> api.put(Served.session(session.sessionId(), session.date(), AppType.WB, "10.0")));
        try (ExportProcess process = start("export.source.app-types=vc,wb")) {
            Run run = process.run(WEEK, 1);

            assertThat(process.launch(run)).isEqualTo(new Outcome(Outcome.Kind.FAILED, null));

            assertThat(process.contents().problems(run)).hasSize(SESSIONS);
            assertThat(process.contents().sessionCount(run)).isZero();
        }

        List.copyOf(served.values()).forEach(session -> {
            remove(session.sessionId());
            put(session);
        });
        assertThatItDelivers("export.source.app-types=vc,wb");
    }

    @Test
    void changesOfAnEarlierLaunchAreForgiven() {
        onFirstPage(number -> {
            // Collected at the first, changed as often since as is let pass.
            if (number < 5) {
                put(session(5, "1." + number));
            } else {
                // Dies with the changes counted and nothing closed.
                api.behave(Behaviour.DOCUMENTED.with().fault(Fault.ERROR_500, 1).build());
            }
        });
        try (ExportProcess process = start()) {
            assertThat(process.launch(process.run(WEEK, 1)).kind()).isEqualTo(Outcome.Kind.FAILED);
        }

        onFirstPage(number -> {});
        api.behave(Behaviour.DOCUMENTED);
        assertThatItDelivers();
    }

    @Test
    void aListingThatNeverStandsStillFailsAfterSoManyPasses() {
        onFirstPage(number -> put(session(1000 + number, "1")));
        try (ExportProcess process = start()) {
            Run run = process.run(WEEK, 1);

            Outcome outcome = process.launch(run);

            assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
            assertThat(outcome.failure())
                    .isInstanceOf(ListingException.class)
                    .hasMessageContaining("still changes after 20 confirming passes")
                    .hasMessageContaining("the last one in vc 2026-10-01T00:00:00Z 2026-10-08T00:00:00Z.");
            assertThat(listings).isEqualTo(21);
            assertThat(process.ledger().openWindows(run)).hasSize(1);
            assertThat(home.resolve("out")).doesNotExist();
        }

        onFirstPage(number -> {});
        assertThatItDelivers();
    }

    /** What the API lists by now. */
    private void assertThatItDelivers(String... settings) {
        try (ExportProcess process = start(settings)) {
            Run run = process.run(WEEK, 1);

            assertThat(process.launch(run).kind()).isEqualTo(Outcome.Kind.DELIVERED);

            truth().assertIsIn(process.contents(), run);
        }
    }

    private ExportProcess start(String... settings) {
        List<String> all = new ArrayList<>(List.of("export.source.app-types=vc", "export.source.window=7d"));
        all.addAll(List.of(settings));
        return ExportProcess.start(home, api, all.toArray(String[]::new));
    }

    private void onFirstPage(IntConsumer change) {
        listings = 0;
        api.onRequest(request -> {
            if (request.route() == Route.SESSIONS
                    && "vc".equals(request.appType())
                    && request.query().get("page").equals("1")) {
                listed(change);
            }
        });
    }

    private void onListing(IntConsumer change) {
        listings = 0;
        api.onRequest((SampleRequest request) -> {
            if (request.route() == Route.SESSIONS) {
                listed(change);
            }
        });
    }

    private synchronized void listed(IntConsumer change) {
        change.accept(++listings);
    }

    private void put(SampleSession session) {
        served.put(session.sessionId(), session);
        api.put(session);
    }

    private void remove(String id) {
        served.remove(id);
        api.remove(id);
    }

    private ServedRecords truth() {
        return new ServedRecords(served.values(), WEEK);
    }

    private static SampleSession session(int number, String minutes) {
        Instant date = WEEK.start().plus(Duration.ofMinutes(160L * (number % SESSIONS)));
        return Served.session(id(number), date, AppType.VC, minutes);
    }

    private static String id(int number) {
        return "s%04d".formatted(number);
    }
}
