package dev.billingexport.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.api.SourceProperties;
import dev.billingexport.ledger.EarlierRuns;
import dev.billingexport.ledger.OpenWindow;
import dev.billingexport.ledger.Run;
import dev.billingexport.run.ExportLauncher;
import dev.billingexport.run.Outcome;
import dev.billingexport.sample.Route;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.session.AppType;
import dev.billingexport.session.Period;
import dev.billingexport.session.Scope;
import dev.billingexport.session.SessionDetails;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.Served;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run need not fetch because an earlier one of the same scope did: counted where it counts, at the server. */
class EarlierRunsTest {

    private static final Instant START = Instant.parse("2026-10-01T00:00:00Z");
    private static final Clock LATER = Clock.fixed(Instant.parse("2026-11-02T04:30:00Z"), ZoneOffset.UTC);
    private static final int SESSIONS = 36;

    /** One session every two hours of three days. */
    private static final List<SampleSession> SERVED = IntStream.range(0, SESSIONS)
            .mapToObj(i -> Served.session("s" + i, START.plus(Duration.ofHours(2L * i))))
            .toList();

    @TempDir
    Path home;

    private FakeApi api;
    private int revision = 10;

    @BeforeEach
    void serve() {
        api = FakeApi.start(0, Behaviour.DOCUMENTED, SERVED);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aMonthAfterItsNightsFetchesNoDetailTwiceAndListsWhatIsClosedOnce() {
        night(1, ZoneOffset.UTC);
        night(2, ZoneOffset.UTC);
        night(3, ZoneOffset.UTC);
        long pages = api.counters().pages();

        export(days(1, 4, ZoneOffset.UTC), 1, false, SESSIONS, SESSIONS);

        assertThat(api.counters().requests(Route.CDR)).isEqualTo(SESSIONS);
        assertThat(api.counters().requests(Route.RECORDINGS)).isEqualTo(SESSIONS);
        // Three windows of each application: a page with rows and an empty one, or the empty one alone.
        assertThat(api.counters().pages() - pages).isEqualTo(3 * 2 + 3);
    }

    @Test
    void nightsOfAnotherTimeZoneServeAsWell() {
        ZoneId auckland = ZoneId.of("Pacific/Auckland");
        night(2, auckland);
        night(3, auckland);
        long fetched = api.counters().requests(Route.CDR);

        export(days(1, 4, ZoneOffset.UTC), 1, false, SESSIONS, Math.toIntExact(fetched));

        assertThat(fetched).isEqualTo(24);
        assertThat(api.counters().requests(Route.CDR)).isEqualTo(SESSIONS);
    }

    /** There is one at the very end of each day. */
    @Test
    void aSessionAtThePeriodsEndIsTheNextPeriodsAndIsNotTakenOver() {
        export(days(1, 4, ZoneOffset.UTC), 1, false, SESSIONS, 0, "export.source.window=30d");

        Run first = export(days(1, 2, ZoneOffset.UTC), 1, false, 12, 12);
        Run second = export(days(2, 3, ZoneOffset.UTC), 1, false, 12, 12);

        assertThat(first.id()).isNotEqualTo(second.id());
        assertThat(api.counters().requests(Route.CDR)).isEqualTo(SESSIONS);
    }

    /** Nobody has read the second day. */
    @Test
    void aWindowWithAGapIsReadAgainWhateverIsTakenOverForIt() {
        night(1, ZoneOffset.UTC);
        night(3, ZoneOffset.UTC);

        assertThat(listingsOf(days(1, 4, ZoneOffset.UTC), "export.source.window=30d"))
                .containsOnly(0);
        assertThat(listingsOf(days(1, 2, ZoneOffset.UTC), "export.source.window=30d"))
                .containsOnly(1);
        assertThat(listingsOf(days(1, 4, ZoneOffset.UTC), "export.source.window=1d"))
                .containsExactly(1, 1, 0, 0, 1, 1);
    }

    @Test
    void whatChangedSinceIsFetchedAgainAndWhatIsGoneIsForgotten() {
        night(1, ZoneOffset.UTC);
        api.put(Served.session("s3", START.plus(Duration.ofHours(6)), AppType.VC, "99"));
        api.remove("s4");

        Run run = export(days(1, 4, ZoneOffset.UTC), 1, false, SESSIONS - 1, 12 - 2);

        assertThat(api.counters().requests(Route.CDR, "s3")).isEqualTo(2);
        assertThat(api.counters().requests(Route.CDR, "s2")).isOne();
        assertThat(run.delivered()).isTrue();
    }

    @Test
    void ofAWindowTheSessionThatHadNotEndedIsFetchedAgainAndNoOther() {
        String running = """
                {"session": {"session_id": "s0", "trans_date": "2026-10-01T00:00:00Z", "disconnect_dt": null,
                             "app_type": "vc"},
                 "cdr": [], "recordings": []}""";
        api.put(SampleSession.parse(running));
        night(1, ZoneOffset.UTC);

        assertThat(listingsOf(days(1, 2, ZoneOffset.UTC), "export.source.window=1d"))
                .containsExactly(0, 1);

        export(days(1, 4, ZoneOffset.UTC), 1, false, SESSIONS, 11);

        assertThat(api.counters().requests(Route.CDR, "s0")).isEqualTo(2);
        assertThat(api.counters().requests(Route.CDR)).isEqualTo(SESSIONS + 1);
    }

    @Test
    void aWindowThatMayStillChangeIsCollectedAfresh() {
        night(1, ZoneOffset.UTC);

        export(days(1, 4, ZoneOffset.UTC), 1, false, SESSIONS, 0, "export.source.settle=36500d");

        assertThat(api.counters().requests(Route.CDR, "s1")).isEqualTo(2);
    }

    @Test
    void refreshingAndRerunningCollectAfresh() {
        night(1, ZoneOffset.UTC);

        export(days(1, 4, ZoneOffset.UTC), 1, true, SESSIONS, 0);
        export(days(1, 4, ZoneOffset.UTC), 2, false, SESSIONS, 0);

        assertThat(api.counters().requests(Route.CDR, "s1")).isEqualTo(3);
    }

    @Test
    void anApplicationThatIsNotBilledIsNotTakenOver() {
        api.put(Served.session("webinar", START.plus(Duration.ofHours(3)), AppType.WB, "12.50"));
        night(1, ZoneOffset.UTC);

        export(days(1, 4, ZoneOffset.UTC), 1, false, SESSIONS, 12, "export.source.app-types=vc");
    }

    @Test
    void anotherScopesWindowsAreNotTaken() {
        night(1, ZoneOffset.UTC);

        export(
                days(1, 4, ZoneOffset.UTC),
                1,
                false,
                1,
                0,
                "export.source.filter.by=session_id",
                "export.source.filter.value=s1");

        assertThat(api.counters().requests(Route.CDR, "s1")).isEqualTo(2);
    }

    /** How often each window counts as read once earlier runs have been looked at. */
    private List<Integer> listingsOf(Period period, String window) {
        try (ExportProcess process = process(period, window)) {
            SourceProperties source = process.get(ExportProperties.class).source();
            Run run = process.run(period, ++revision);
            process.ledger()
                    .fixWindows(
                            run,
                            process.get(Scope.class).listingFingerprint(),
                            source.appTypes().stream()
                                    .flatMap(appType -> period.windows(appType, source.window()).stream())
                                    .toList());
            process.get(EarlierRuns.class).reuse(run, source.settle());
            return process.ledger().openWindows(run).stream()
                    .map(OpenWindow::listings)
                    .toList();
        }
    }

    private void night(int day, ZoneId zone) {
        Period period = days(day, day + 1, zone);
        try (ExportProcess process = process(period)) {
            assertThat(process.launch(process.run(period, 1)).kind()).isEqualTo(Outcome.Kind.DELIVERED);
        }
    }

    private Run export(Period period, int revision, boolean refresh, int sessions, int reused, String... settings) {
        try (ExportProcess process = process(period, settings)) {
            Run run = process.run(period, revision);
            Outcome outcome = process.get(ExportLauncher.class).launch(run, refresh, false);
            assertThat(outcome).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));
            assertThat(process.contents().sessionCount(run)).isEqualTo(sessions);
            assertThat(process.contents().details(run).flatMap(SessionDetails::callDetailRows))
                    .filteredOn(detail -> !detail.session().sessionId().equals("s0"))
                    .hasSize(2
                            * (int) process.contents()
                                    .sessionIds(run)
                                    .filter(id -> !id.equals("s0"))
                                    .count());
            assertThat(process.get(EarlierRuns.class).reusedCount(run)).isEqualTo(reused);
            return process.run(period, revision);
        }
    }

    private ExportProcess process(Period period, String... settings) {
        String[] all = new String[settings.length + 1];
        System.arraycopy(settings, 0, all, 1, settings.length);
        all[0] = "export.time-zone=" + period.zone();
        return ExportProcess.start(home, api, LATER, all);
    }

    private static Period days(int from, int to, ZoneId zone) {
        return new Period(LocalDate.of(2026, 10, from), LocalDate.of(2026, 10, to), zone);
    }
}
