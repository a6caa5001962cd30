package dev.billingexport.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.ledger.Run;
import dev.billingexport.run.Outcome;
import dev.billingexport.sample.Route;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.session.Period;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.Fault;
import dev.billingexport.testing.Served;
import dev.billingexport.testing.SettableClock;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An API whose date filter works on another date than {@code trans_date}: each session is billed once, in the period that
 * its {@code trans_date} is in.
 */
class AnotherDateTest {

    private static final Period OCTOBER = ExportProcess.OCTOBER;
    private static final Period NOVEMBER = days("2026-11-01", "2026-12-01");

    @TempDir
    Path home;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-12-05T04:30:00Z"));
    private final Map<String, Instant> served = new LinkedHashMap<>();
    private final Queue<Map<String, String>> asked = new ConcurrentLinkedQueue<>();
    private String window = "5d";
    private FakeApi api;

    /** What the filter works on, and which of its dates a session is billed by. */
    enum Dates {
        START_AND_END,
        END_AND_START,
        START_AND_WRITING
    }

    @BeforeEach
    void serve() {
        api = FakeApi.start(0, Behaviour.DOCUMENTED, List.of());
        api.onRequest(request -> {
            if (request.route() == Route.SESSIONS) {
                asked.add(request.query());
            }
        });
        for (int day = 1; day < 32; day += 6) {
            plain("oct-" + day, "2026-10-%02dT12:00:00Z".formatted(day));
            plain("nov-" + day, "2026-11-%02dT12:00:00Z".formatted(Math.min(day, 30)));
        }
    }

    @AfterEach
    void close() {
        api.close();
    }

    /** Nothing else shows that the API filters by another date, and a window is as long as the period. */
    @ParameterizedTest
    @CsvSource({
        "START_AND_END, 2026-09-30T23:30:00Z, 2026-10-01T00:40:00Z",
        "START_AND_END, 2026-09-30T00:01:00Z, 2026-10-01T00:00:00Z",
        "START_AND_END, 2026-10-31T23:59:00Z, 2026-11-01T00:00:00Z",
        "END_AND_START, 2026-10-31T23:30:00Z, 2026-11-01T00:40:00Z",
        "START_AND_WRITING, 2026-10-31T22:30:00Z, 2026-10-31T23:55:00Z"
    })
    void aNightAtAnEndOfThePeriodIsInOneBillWhateverTheWindow(Dates dates, String start, String end) {
        window = "31d";
        put(dates, "night", start, end);
        put(dates, "middle", "2026-10-15T23:30:00Z", "2026-10-16T00:40:00Z");

        assertBilled(OCTOBER);
        assertBilled(NOVEMBER);
    }

    @Test
    void aRunLooksADayBeyondThePeriodAndFetchesNothingOfWhatLiesThere() {
        plain("before", "2026-09-30T12:00:00Z");

        assertBilled(OCTOBER);

        assertThat(asked("from_session_date")).contains("2026-09-29 23:59:59").doesNotContain("2026-09-28 23:59:59");
        assertThat(asked("to_session_date")).contains("2026-11-02 00:00:01").doesNotContain("2026-11-03 00:00:01");
        assertThat(api.counters().requests(Route.CDR, "before")).isZero();
        assertThat(api.counters().requests(Route.CDR, "nov-1")).isZero();
    }

    /** It lies within the second that each window is asked for beyond its end. */
    @ParameterizedTest
    @ValueSource(strings = {"2026-10-14T00:00:00Z", "2026-10-14T00:00:01.500Z"})
    void aSessionThatEndsOnTheBoundaryOfTwoWindowsIsBilled(String end) {
        put(Dates.START_AND_END, "boundary", "2026-10-13T23:30:00Z", end);

        assertBilled(OCTOBER);
    }

    /** Nobody knows how long it lasted, nor what the API found it by. */
    @Test
    void aSessionWithoutItsStartMayLieADayOutside() {
        SampleSession session = SampleSession.parse("""
                {"session": {"session_id": "open", "user_id": "U", "trans_date": "2026-10-14T00:30:00Z",
                             "disconnect_dt": "2026-10-14T00:30:00Z", "duration": 10, "app_type": "vc"},
                 "cdr": [{"call_num": "1", "duration": 1}], "recordings": []}
                """);
        served.put("open", Instant.parse("2026-10-14T00:30:00Z"));
        api.put(Served.foundBy(Instant.parse("2026-10-13T23:58:00Z"), session));

        assertBilled(OCTOBER);
    }

    @ParameterizedTest
    @EnumSource
    void aSessionAtTheMonthsEndIsBilledInOneOfTwoMonths(Dates dates) {
        put(dates, "start", "2026-09-30T23:30:00Z", "2026-10-01T00:40:00Z");
        put(dates, "middle", "2026-10-13T23:30:00Z", "2026-10-14T00:40:00Z");
        put(dates, "end", "2026-10-31T23:30:00Z", "2026-11-01T00:40:00Z");

        assertBilled(OCTOBER);
        assertBilled(NOVEMBER);
    }

    /** November holds no session that could show it. */
    @Test
    void whatOneMonthHasShownTheNextOneKnows() {
        put(Dates.START_AND_END, "end", "2026-10-31T23:30:00Z", "2026-11-01T00:40:00Z");

        assertBilled(OCTOBER);
        assertBilled(NOVEMBER);

        assertThat(served.get("end")).isAfter(NOVEMBER.start());
    }

    @Test
    void sessionsLongerThanADayAreLookedForAsFarAsTheyLast() {
        for (Dates dates : Dates.values()) {
            put(dates, "start " + dates, "2026-09-29T12:00:00Z", "2026-10-02T02:00:00Z");
            put(dates, "middle " + dates, "2026-10-12T06:00:00Z", "2026-10-15T00:40:00Z");
            put(dates, "end " + dates, "2026-10-30T20:00:00Z", "2026-11-02T03:00:00Z");
        }

        assertBilled(OCTOBER);
        assertBilled(NOVEMBER);
    }

    /** The session that shows it is short, another one is long and lies within its window. */
    @Test
    void theLongestSessionNeedNotBeTheOneThatShowsIt() {
        put(Dates.START_AND_END, "shows", "2026-10-13T23:50:00Z", "2026-10-14T00:10:00Z");
        put(Dates.START_AND_END, "long", "2026-10-15T06:00:00Z", "2026-10-17T12:00:00Z");
        put(Dates.START_AND_END, "start", "2026-09-29T01:00:00Z", "2026-10-01T01:00:00Z");

        assertBilled(OCTOBER);
    }

    @Test
    void nightsAndTheMonthThatTakesThemOverBillEachSessionOnce() {
        put(Dates.START_AND_END, "0", "2026-10-03T23:30:00Z", "2026-10-04T00:40:00Z");
        put(Dates.START_AND_END, "1", "2026-10-04T23:30:00Z", "2026-10-05T00:40:00Z");
        put(Dates.START_AND_END, "2", "2026-10-05T23:30:00Z", "2026-10-06T00:40:00Z");
        assertBilled(days("2026-10-04", "2026-10-05"));
        assertBilled(days("2026-10-05", "2026-10-06"));
        assertBilled(days("2026-10-06", "2026-10-07"));

        assertBilled(days("2026-10-02", "2026-10-09"));

        assertThat(api.counters().requests(Route.CDR, "1")).isOne();
    }

    @Test
    void windowsThatAnEarlierLaunchClosedAreListedAgainWhereOneShowsItLater() {
        put(Dates.START_AND_END, "start", "2026-09-30T23:30:00Z", "2026-10-01T00:40:00Z");
        api.behave(Behaviour.DOCUMENTED
                .with()
                .broken(Route.CDR, "oct-13", Fault.ERROR_500)
                .build());
        assertThat(launch(OCTOBER).kind()).isEqualTo(Outcome.Kind.FAILED);
        api.behave(Behaviour.DOCUMENTED);
        put(Dates.START_AND_END, "middle", "2026-10-13T23:30:00Z", "2026-10-14T00:40:00Z");

        assertBilled(OCTOBER);
    }

    @Test
    void anApiThatFiltersByTransDateIsAskedForNoMoreThanADayBeyondThePeriod() {
        assertBilled(OCTOBER);

        assertThat(asked("from_session_date")).allMatch(from -> from.compareTo("2026-09-29 23:59:59") >= 0);
        assertThat(asked("to_session_date")).allMatch(to -> to.compareTo("2026-11-02 00:00:01") <= 0);
        // Seven windows of two applications, twice: an empty page each, and one with rows where there are any.
        assertThat(api.counters().pages()).isEqualTo(2 * (7 * 2 + 6));
    }

    /** The session's only excuse would be its length, and it lies further outside. */
    @Test
    void whatLiesFurtherOutsideThanItLastedShowsAFilterThatIsIgnored() {
        session("far", "2026-10-15T23:30:00Z", "2026-10-16T00:40:00Z", "2026-10-16T00:40:00Z", "2026-10-12T23:00:00Z");

        Outcome outcome = launch(OCTOBER);

        assertThat(outcome.failure())
                .isInstanceOf(ListingException.class)
                .hasMessageContaining("session far of 2026-10-16T00:40:00Z")
                .hasMessageContaining("export.source.date-filter");
    }

    private void assertBilled(Period period) {
        now.set(period.end().plusSeconds(100_000));
        try (ExportProcess process = process()) {
            Run run = process.run(period, 1);
            assertThat(process.launch(run)).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));
            assertThat(process.contents().sessionIds(run))
                    .containsExactlyInAnyOrderElementsOf(served.entrySet().stream()
                            .filter(session -> period.contains(session.getValue()))
                            .map(Map.Entry::getKey)
                            .toList());
        }
    }

    private Outcome launch(Period period) {
        now.set(period.end().plusSeconds(100_000));
        try (ExportProcess process = process()) {
            return process.launch(process.run(period, 1));
        }
    }

    private ExportProcess process() {
        return ExportProcess.start(
                home, api, new SettableClock(now), "export.source.settle=1h", "export.source.window=" + window);
    }

    private List<String> asked(String parameter) {
        return asked.stream().map(query -> query.get(parameter)).toList();
    }

    private void plain(String id, String date) {
        session(id, date, date, date, date);
    }

    private void put(Dates dates, String id, String start, String end) {
        String writing = DateTimeFormatter.ISO_INSTANT.format(Instant.parse(end).plusSeconds(400));
        switch (dates) {
            case START_AND_END -> session(id, start, end, end, start);
            case END_AND_START -> session(id, start, end, start, end);
            case START_AND_WRITING -> session(id, start, end, writing, start);
        }
    }

    private void session(String id, String start, String end, String transDate, String foundBy) {
        SampleSession session = SampleSession.parse("""
                {"session": {"session_id": "%s", "user_id": "U", "trans_date": "%s", "connect_dt": "%s",
                             "disconnect_dt": "%s", "duration": 1, "app_type": "vc"},
                 "cdr": [{"call_num": "1", "duration": 1}], "recordings": []}
                """.formatted(id, transDate, start, end));
        served.put(id, Instant.parse(transDate));
        api.put(Served.foundBy(Instant.parse(foundBy), session));
    }

    private static Period days(String from, String to) {
        return new Period(LocalDate.parse(from), LocalDate.parse(to), ZoneOffset.UTC);
    }
}
