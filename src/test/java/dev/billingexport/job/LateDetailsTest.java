package dev.billingexport.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.ledger.Run;
import dev.billingexport.run.ExportLauncher;
import dev.billingexport.run.Outcome;
import dev.billingexport.sample.Route;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.session.Period;
import dev.billingexport.session.SessionUsage;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.Fault;
import dev.billingexport.testing.Served;
import dev.billingexport.testing.ServedRecords;
import dev.billingexport.testing.SettableClock;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The API makes call details and recordings after a session's end, hours later at times, while the session's row stays
 * the same: details that were read before they can be whole are read again by whoever comes later.
 */
class LateDetailsTest {

    /** Thursday, as windows of a day are cut. */
    private static final Period NIGHT = days(26, 27);

    private static final Period DAYS = days(24, 30);
    private static final String LATE = "late";

    @TempDir
    Path home;

    private final AtomicReference<Instant> now = new AtomicReference<>();
    private final Map<String, SampleSession> served = new LinkedHashMap<>();
    private FakeApi api;

    @BeforeEach
    void serve() {
        api = FakeApi.start(0, Behaviour.DOCUMENTED, List.of());
        for (int day = 24; day < 30; day++) {
            put(Served.session("early-" + day, at("2026-11-%dT03:00:00Z".formatted(day))));
            put(Served.session("evening-" + day, at("2026-11-%dT20:00:00Z".formatted(day))));
        }
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void aMonthlyRunFetchesAgainWhatANightlyOneReadTooEarly() {
        put(withoutDetails(LATE, at("2026-11-26T03:00:00Z")));
        deliver(NIGHT, "2026-11-27T05:42:00Z");
        put(Served.session(LATE, at("2026-11-26T03:00:00Z")));

        deliver(DAYS, "2026-12-02T04:30:00Z");

        assertThat(api.counters().requests(Route.CDR, LATE)).isEqualTo(2);
    }

    @Test
    void aNightlyRunOverTwoDaysFetchesAgainWhatTheLastOneReadTooEarly() {
        put(withoutDetails(LATE, at("2026-11-26T23:00:00Z")));
        deliver(days(25, 27), "2026-11-27T05:42:00Z");
        put(Served.session(LATE, at("2026-11-26T23:00:00Z")));

        deliver(days(26, 28), "2026-11-28T05:42:00Z");

        assertThat(api.counters().requests(Route.CDR, LATE)).isEqualTo(2);
        assertThat(api.counters().requests(Route.CDR, "early-25")).isOne();
    }

    /** Read at least a day, the default, after the window's end. */
    @ParameterizedTest
    @CsvSource({"2026-11-28T00:00:00Z, 1", "2026-11-27T23:59:59.999Z, 2", "2026-11-29T05:42:00Z, 1"})
    void detailsAreFinalOnceTheyWereReadLongEnoughAfterTheirWindowsEnd(Instant read, int fetched) {
        deliver(NIGHT, read.toString());

        deliver(DAYS, "2026-12-02T04:30:00Z");

        assertThat(api.counters().requests(Route.CDR, "early-26")).isEqualTo(fetched);
        assertThat(api.counters().requests(Route.CDR, "evening-26")).isEqualTo(fetched);
    }

    /** It goes on into the next window, or the one after. */
    @ParameterizedTest
    @CsvSource({"PT24H, 2", "PT50H, 2", "PT2H, 1"})
    void aSessionThatOutlastsItsWindowIsFinalOnlyLongEnoughAfterItsOwnEnd(Duration length, int fetched) {
        put(lasting("long", at("2026-11-26T20:00:00Z"), length));
        deliver(NIGHT, "2026-11-28T05:42:00Z");

        deliver(DAYS, "2026-12-02T04:30:00Z");

        assertThat(api.counters().requests(Route.CDR, "long")).isEqualTo(fetched);
        assertThat(api.counters().requests(Route.CDR, "early-26")).isOne();
    }

    @Test
    void theNightsWindowsAreOfNoOtherLengthForTheSessionsInThem() {
        deliver(NIGHT, "2026-11-28T05:42:00Z");

        deliver(DAYS, "2026-12-02T04:30:00Z", "export.source.window=30d");

        assertThat(api.counters().requests(Route.CDR, "early-26")).isOne();
    }

    @Test
    void aRunThatFailedOnTheFirstDayAndGoesOnDaysLaterFetchesAgainWhatItReadTooEarly() {
        put(withoutDetails(LATE, at("2026-11-29T03:00:00Z")));
        failAt("2026-11-30T05:42:00Z", "early-24");
        put(Served.session(LATE, at("2026-11-29T03:00:00Z")));
        put(Served.session("listed late", at("2026-11-29T11:00:00Z")));
        api.counters().reset();

        deliver(DAYS, "2026-12-02T05:42:00Z");

        // Those of the last window, of which the details were not final, and what was broken; of the others nothing.
        assertThat(fetched())
                .containsOnly(
                        Map.entry(LATE, 1L),
                        Map.entry("listed late", 1L),
                        Map.entry("early-29", 1L),
                        Map.entry("evening-29", 1L),
                        Map.entry("early-24", 1L));
    }

    @Test
    void aLateSessionIsFoundInAWindowThatHeldNoneWhenItWasClosed() {
        api.remove("early-29");
        api.remove("evening-29");
        served.remove("early-29");
        served.remove("evening-29");
        failAt("2026-11-30T05:42:00Z", "early-24");
        put(Served.session("listed late", at("2026-11-29T11:00:00Z")));

        deliver(DAYS, "2026-12-02T05:42:00Z");
    }

    @Test
    void aRunThatGoesOnTheSameDayFetchesNothingTwice() {
        failAt("2026-11-30T05:42:00Z", "early-24");
        api.counters().reset();

        deliver(DAYS, "2026-11-30T17:00:00Z");

        assertThat(fetched()).containsOnly(Map.entry("early-24", 1L));
    }

    @Test
    void aRunThatGoesOnDaysLaterAsksAgainAboutASessionThatHadNotEnded() {
        put(running("running", at("2026-11-25T09:00:00Z")));
        failAt("2026-12-01T05:42:00Z", "early-24");
        put(Served.session("running", at("2026-11-25T09:00:00Z")));
        api.counters().reset();

        deliver(DAYS, "2026-12-03T05:42:00Z");

        assertThat(fetched()).containsOnly(Map.entry("running", 1L), Map.entry("early-24", 1L));
    }

    @Test
    void aSessionThatNeverEndsIsAskedForOnceARunAndHoldsNothingUp() {
        put(running("endless", at("2026-11-26T09:00:00Z")));

        deliver(NIGHT, "2026-11-28T05:42:00Z");
        assertThat(api.counters().requests(Route.CDR, "endless")).isOne();

        deliver(DAYS, "2026-12-02T04:30:00Z");
        assertThat(api.counters().requests(Route.CDR, "endless")).isEqualTo(2);
        assertThat(api.counters().requests(Route.CDR, "early-26")).isOne();
    }

    /** Its row is the same, so that no listing can tell. */
    @Test
    void whatWasReadLastIsTakenOverNotWhatWasReadFirst() {
        SampleSession usual = Served.session("early-26", at("2026-11-26T03:00:00Z"));
        deliver(NIGHT, "2026-11-28T05:42:00Z");
        put(parse(usual.session(), usual.callDetails().replaceAll("12.50", "99"), "[]"));
        now.set(at("2026-11-29T05:42:00Z"));
        try (ExportProcess process = ExportProcess.start(home, api, new SettableClock(now))) {
            Run refreshed = process.run(days(25, 28), 1);
            assertThat(process.get(ExportLauncher.class)
                            .launch(refreshed, true, false)
                            .kind())
                    .isEqualTo(Outcome.Kind.DELIVERED);
        }

        deliver(DAYS, "2026-12-02T04:30:00Z");

        assertThat(api.counters().requests(Route.CDR, "early-26")).isEqualTo(2);
    }

    /** Delivers what the API has now. */
    private void deliver(Period period, String when, String... settings) {
        now.set(at(when));
        try (ExportProcess process = ExportProcess.start(home, api, new SettableClock(now), settings)) {
            Run run = process.run(period, 1);

            assertThat(process.launch(run)).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));

            ServedRecords truth = new ServedRecords(served.values(), period);
            truth.assertIsIn(process.contents(), run);
            assertThat(process.contents()
                            .sessions(run)
                            .map(SessionUsage::usage)
                            .map(usage -> usage.callDetailMinutes())
                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(truth.callDetailMinutes());
        }
    }

    private void failAt(String when, String broken) {
        now.set(at(when));
        api.behave(Behaviour.DOCUMENTED
                .with()
                .broken(Route.CDR, broken, Fault.ERROR_500)
                .build());
        try (ExportProcess process = ExportProcess.start(home, api, new SettableClock(now))) {
            Run run = process.run(DAYS, 1);
            assertThat(process.launch(run)).isEqualTo(new Outcome(Outcome.Kind.FAILED, null));
            assertThat(process.ledger().openWindows(run)).hasSize(1);
        }
        api.behave(Behaviour.DOCUMENTED);
    }

    private Map<String, Long> fetched() {
        Map<String, Long> fetched = new LinkedHashMap<>();
        for (String id : served.keySet()) {
            long requests = api.counters().requests(Route.CDR, id);
            if (requests > 0) {
                fetched.put(id, requests);
            }
        }
        return fetched;
    }

    private void put(SampleSession session) {
        served.put(session.sessionId(), session);
        api.put(session);
    }

    private static SampleSession withoutDetails(String id, Instant date) {
        return parse(Served.session(id, date).session(), "[]", "[]");
    }

    private static SampleSession running(String id, Instant date) {
        return parse("""
                {"session_id": "%s", "trans_date": "%s", "connect_dt": "%2$s", "disconnect_dt": null, "app_type": "vc"}
                """.formatted(id, date), "[]", "[]");
    }

    private static SampleSession lasting(String id, Instant date, Duration length) {
        SampleSession usual = Served.session(id, date);
        return parse(
                usual.session()
                        .replaceFirst(
                                "\"disconnect_dt\": *\"[^\"]*\"", "\"disconnect_dt\": \"" + date.plus(length) + "\""),
                usual.callDetails(),
                usual.recordings());
    }

    private static SampleSession parse(String session, String callDetails, String recordings) {
        return SampleSession.parse(
                "{\"session\": %s, \"cdr\": %s, \"recordings\": %s}".formatted(session, callDetails, recordings));
    }

    private static Instant at(String instant) {
        return Instant.parse(instant);
    }

    private static Period days(int from, int to) {
        return new Period(LocalDate.of(2026, 11, from), LocalDate.of(2026, 11, to), ZoneOffset.UTC);
    }
}
