package dev.billingexport.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billingexport.api.ReportingClient;
import dev.billingexport.ledger.CollectedSession;
import dev.billingexport.ledger.OpenWindow;
import dev.billingexport.ledger.Reading;
import dev.billingexport.ledger.Run;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.session.AppType;
import dev.billingexport.session.Filter;
import dev.billingexport.session.Period;
import dev.billingexport.session.Problem;
import dev.billingexport.session.Session;
import dev.billingexport.session.Window;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.ChangingProxy;
import dev.billingexport.testing.Clients;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.Generator;
import dev.billingexport.testing.Served;
import dev.billingexport.testing.ServedRecords;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One window, read from a server that may do whatever its documentation doesn't rule out. */
class SessionPageReaderTest {

    private static final Window FIFTH = day(AppType.VC, 5);
    private static final Pattern PAGE = Pattern.compile("\\bpage=(\\d+)");
    private static final Instant NOON = FIFTH.start().plus(Duration.ofHours(12));

    @TempDir
    static Path home;

    private static FakeApi api;
    private static ExportProcess process;
    private static int revision;

    private final List<AutoCloseable> open = new ArrayList<>();
    private Run run;

    @BeforeAll
    static void start() {
        api = FakeApi.start(0, Behaviour.DOCUMENTED, List.of());
        process = ExportProcess.start(home, api);
    }

    @AfterAll
    static void end() {
        process.close();
        api.close();
    }

    @BeforeEach
    void newRun() {
        run = process.run(ExportProcess.OCTOBER, ++revision);
        process.ledger().fixWindows(run, "scope", List.of(FIFTH));
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void everySessionOfAnAwkwardListingIsHandedOutOnce() {
        List<SampleSession> sessions = new Generator(11, 150, FIFTH.start(), FIFTH.end(), 0.2).sessions();
        FakeApi awkward = serve(Behaviour.AWKWARD, sessions);

        List<Session> read = read(awkward.baseUrl(), FIFTH, null);

        assertThat(read).extracting(Session::sessionId).containsExactlyInAnyOrderElementsOf(ids(sessions, AppType.VC));
        assertThat(awkward.counters().pages()).isGreaterThan(3);
        assertThat(process.ledger().openWindows(run)).containsExactly(new OpenWindow(FIFTH, 1));
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void aSessionAtTheBoundaryIsInOneOfTwoWindowsWhateverTheServerIncludes(boolean from, boolean to) {
        Instant boundary = FIFTH.end();
        List<SampleSession> sessions = Stream.of(
                        -86_400_001, -86_400_000, -1001, -1000, -999, -1, 0, 1, 999, 1000, 1001)
                .map(millis -> Served.session("at" + millis, boundary.plusMillis(millis)))
                .toList();
        FakeApi served = serve(
                Behaviour.DOCUMENTED.with().fromInclusive(from).toInclusive(to).build(), sessions);

        assertThat(read(served.baseUrl(), FIFTH, null))
                .extracting(Session::sessionId)
                .containsExactlyInAnyOrder("at-86400000", "at-1001", "at-1000", "at-999", "at-1");
        assertThat(read(served.baseUrl(), day(AppType.VC, 6), null))
                .extracting(Session::sessionId)
                .containsExactlyInAnyOrder("at0", "at1", "at999", "at1000", "at1001");
    }

    /** One that rounds dates to the next second, and whose ends are exclusive. */
    @Test
    void aListingAsksASecondWiderAtBothEnds() {
        Instant first = FIFTH.start().plusMillis(1);
        Instant last = FIFTH.end().minusMillis(1);
        FakeApi served = serve(
                Behaviour.DOCUMENTED
                        .with()
                        .fromInclusive(false)
                        .toInclusive(false)
                        .build(),
                List.of(
                        Served.foundBy(FIFTH.start(), Served.session("first", first)),
                        Served.foundBy(FIFTH.end(), Served.session("last", last))));

        assertThat(read(served.baseUrl(), FIFTH, null))
                .extracting(Session::sessionId)
                .containsExactly("first", "last");
    }

    @Test
    void anIgnoredFilterFailsAtOnceAndIsNamed() {
        Period october = ExportProcess.OCTOBER;
        FakeApi served = serve(
                Behaviour.DOCUMENTED.with().filterIgnored(true).build(),
                new Generator(12, 5_000, october.start(), october.end(), 0).sessions());

        assertThatThrownBy(() -> read(served.baseUrl(), FIFTH, null))
                .isInstanceOf(ListingException.class)
                .hasMessageContaining("ignores from_session_date and to_session_date")
                .hasMessageContaining("from 2026-10-04T23:59:59Z to 2026-10-06T00:00:01Z")
                .hasMessageContaining("export.source.base-url")
                .hasMessageContaining("export.source.date-filter");
        assertThat(served.counters().pages()).isOne();
        assertThat(process.ledger().openWindows(run)).containsExactly(new OpenWindow(FIFTH, 0));
    }

    @Test
    void anIgnoredPageNumberFailsAfterABoundedNumberOfPages() throws IOException {
        FakeApi served = serve(Behaviour.DOCUMENTED, List.of(Served.session("a", NOON), Served.session("b", NOON)));
        ChangingProxy proxy = ChangingProxy.changingQuery(served.baseUrl(), "\\bpage=\\d+", "page=1");
        open.add(proxy);

        assertThatThrownBy(() -> read(proxy.baseUrl(), FIFTH, null))
                .isInstanceOf(ListingException.class)
                .hasMessageContaining("ignore the parameter page")
                .hasMessageContaining(FIFTH.name());
        assertThat(served.counters().pages()).isBetween(3L, 30L);
    }

    /** The last page comes once more for every page beyond it, however many there are and whatever the window's page is. */
    @ParameterizedTest
    @CsvSource({"7, 3", "6, 3", "2, 3", "1, 3", "9, 1"})
    void aListingMayEndWithItsLastPageOnceMore(int count, int pageLength) throws IOException {
        List<SampleSession> sessions = new ArrayList<>(
                List.of(Served.session("day before", FIFTH.start().minusSeconds(60))));
        for (int i = 0; i < count; i++) {
            sessions.add(Served.session("s" + i, NOON.plusSeconds(i)));
        }
        FakeApi served = serve(Behaviour.DOCUMENTED, sessions);
        ChangingProxy proxy = ChangingProxy.changingAnswers(served.baseUrl());
        open.add(proxy);
        repeatLastPages(proxy);

        assertThat(read(proxy.baseUrl(), FIFTH, null, pageLength))
                .extracting(Session::sessionId)
                .containsExactlyInAnyOrderElementsOf(
                        sessions.stream().skip(1).map(SampleSession::sessionId).toList());
    }

    @Test
    void moreThanAHundredPagesMayEndWithTheLastOnceMore() throws IOException {
        List<SampleSession> sessions = IntStream.range(0, 103)
                .mapToObj(number -> Served.session("s%03d".formatted(number), NOON.plusSeconds(number)))
                .toList();
        FakeApi served = serve(Behaviour.DOCUMENTED, sessions);
        ChangingProxy proxy = ChangingProxy.changingAnswers(served.baseUrl());
        open.add(proxy);
        repeatLastPages(proxy);

        assertThat(read(proxy.baseUrl(), FIFTH, null, 1)).hasSize(103);
    }

    /** A server that had rows for these pages has them for every one beyond. */
    private static void repeatLastPages(ChangingProxy proxy) {
        Map<String, NavigableMap<Integer, String>> answers = new ConcurrentHashMap<>();
        proxy.change((asked, body) -> {
            Matcher page = PAGE.matcher(asked.getQuery());
            assertThat(page.find()).isTrue();
            NavigableMap<Integer, String> pages =
                    answers.computeIfAbsent(page.replaceFirst(""), query -> new ConcurrentSkipListMap<>());
            if (!body.contains("\"sessions\":[]")) {
                pages.put(Integer.valueOf(page.group(1)), body);
            }
            return pages.isEmpty()
                    ? body
                    : pages.floorEntry(Integer.valueOf(page.group(1))).getValue();
        });
    }

    @Test
    void aPageThatIsTheOneBeforeByChanceIsAskedForOnceMore() throws IOException {
        List<SampleSession> sessions = IntStream.range(0, 4)
                .mapToObj(number -> Served.session("s" + number, NOON.plusSeconds(number)))
                .toList();
        FakeApi served = serve(Behaviour.DOCUMENTED, sessions);
        ChangingProxy proxy = ChangingProxy.changingAnswers(served.baseUrl());
        open.add(proxy);
        AtomicReference<String> first = new AtomicReference<>();
        proxy.change((asked, body) -> {
            first.compareAndSet(null, body);
            return asked.getQuery().contains("page=2&")
                    ? Objects.requireNonNullElse(first.getAndSet(null), body)
                    : body;
        });

        assertThat(read(proxy.baseUrl(), FIFTH, null, 2)).hasSize(4);
    }

    @Test
    void aPageOfMalformedRowsAloneIsNotTheEnd() throws IOException {
        List<SampleSession> sessions = IntStream.range(0, 6)
                .mapToObj(number -> Served.session("s" + number, NOON.plusSeconds(number)))
                .toList();
        FakeApi served = serve(Behaviour.DOCUMENTED, sessions);
        ChangingProxy proxy = ChangingProxy.changingAnswers(served.baseUrl());
        open.add(proxy);
        proxy.change((asked, body) -> asked.getQuery().contains("page=2&")
                ? body.replaceAll("\"duration\": ?[0-9.]+", "\"duration\":[]")
                : body);

        assertThat(read(proxy.baseUrl(), FIFTH, null, 2))
                .extracting(Session::sessionId)
                .containsExactlyInAnyOrder("s0", "s1", "s4", "s5");
        assertThat(process.contents().problems(run))
                .extracting(Problem::sessionId)
                .containsExactlyInAnyOrder("s2", "s3");
    }

    @Test
    void whatTheLedgerHasWholeAndUnchangedIsLeftOut() {
        FakeApi served = serve(
                Behaviour.AWKWARD,
                List.of(
                        Served.session("whole", NOON),
                        Served.session("broken", NOON),
                        Served.session("changed", NOON, AppType.VC, "12.5"),
                        Served.session("new", NOON)));
        ServedRecords before = new ServedRecords(
                List.of(
                        Served.session("whole", NOON),
                        Served.session("broken", NOON),
                        Served.session("changed", NOON, AppType.VC, "12.50")),
                ExportProcess.OCTOBER);
        process.ledger()
                .write(
                        run,
                        before.sessions.stream()
                                .map(SessionPageReaderTest::collected)
                                .toList());

        assertThat(read(served.baseUrl(), FIFTH, null))
                .extracting(Session::sessionId)
                .containsExactlyInAnyOrder("broken", "changed", "new");
        assertThat(process.ledger().movedWindows(run)).isNotEmpty();
    }

    @Test
    void aSessionThatIsTriedAgainIsNoNews() {
        FakeApi served = serve(Behaviour.DOCUMENTED, List.of(Served.session("broken", NOON)));
        Session broken =
                new ServedRecords(List.of(Served.session("broken", NOON)), ExportProcess.OCTOBER).sessions.get(0);
        process.ledger().write(run, List.of(collected(broken)));

        assertThat(read(served.baseUrl(), FIFTH, null)).containsExactly(broken);
        assertThat(process.ledger().movedWindows(run)).isEmpty();
    }

    @Test
    void aFilterIsSentAndKeptEvenWhereTheServerIgnoresIt() throws IOException {
        FakeApi served = serve(
                Behaviour.DOCUMENTED,
                Stream.of("a", "b", "c").map(id -> Served.session(id, NOON)).toList());
        List<String> searched = new ArrayList<>();
        served.onRequest(request -> searched.add(
                request.query().get("search_by") + " " + request.query().get("search_string")));
        ChangingProxy proxy = ChangingProxy.changingQuery(served.baseUrl(), "&search_(by|string)=[^&]*", "");
        open.add(proxy);
        Filter filter = new Filter(Filter.Field.USER_ID, List.of("U-b"));

        assertThat(read(served.baseUrl(), FIFTH, filter))
                .extracting(Session::sessionId)
                .containsExactly("b");
        assertThat(searched).containsOnly("user_id U-b");
        searched.clear();
        assertThat(read(proxy.baseUrl(), FIFTH, filter))
                .extracting(Session::sessionId)
                .containsExactly("b");
        assertThat(searched).containsOnly("null null");
    }

    @Test
    void rowsOfTheOtherApplicationAreLeftOut() throws IOException {
        FakeApi served = serve(
                Behaviour.DOCUMENTED,
                List.of(Served.session("meeting", NOON), Served.session("webinar", NOON, AppType.WB, "1")));
        ChangingProxy proxy = ChangingProxy.changingAppType(served.baseUrl(), "vc");
        open.add(proxy);

        assertThat(read(proxy.baseUrl(), FIFTH, null))
                .extracting(Session::sessionId)
                .containsExactly("meeting");
        assertThat(read(proxy.baseUrl(), day(AppType.WB, 5), null)).isEmpty();
        assertThat(read(served.baseUrl(), day(AppType.WB, 5), null))
                .extracting(Session::sessionId)
                .containsExactly("webinar");
    }

    @Test
    void aSessionWithoutAnyDateIsAProblem() {
        FakeApi served =
                serve(Behaviour.DOCUMENTED, List.of(Served.undated("undated", NOON), Served.session("a", NOON)));

        assertThat(read(served.baseUrl(), FIFTH, null))
                .extracting(Session::sessionId)
                .containsExactly("a");
        assertThat(process.contents().problems(run)).singleElement().satisfies(problem -> {
            assertThat(problem.sessionId()).isEqualTo("undated");
            assertThat(problem.part()).isEqualTo(Problem.Part.SESSION);
            assertThat(problem.cause()).contains("without any date");
        });
    }

    private FakeApi serve(Behaviour behaviour, Collection<? extends SampleSession> sessions) {
        FakeApi served = FakeApi.start(0, behaviour, sessions);
        open.add(served);
        return served;
    }

    private List<Session> read(URI baseUrl, Window window, Filter filter) {
        return read(baseUrl, window, filter, 100);
    }

    private List<Session> read(URI baseUrl, Window window, Filter filter, int pageLength) {
        Map<String, Object> settings = new HashMap<>(Map.of("page-length", pageLength));
        if (filter != null) {
            settings.put("filter.by", filter.by());
            settings.put("filter.values", filter.values());
        }
        try (ReportingClient client = Clients.of(baseUrl, 1)) {
            SessionPageReader reader = new SessionPageReader(
                    new WindowPages(client, Clients.source(settings), Runnable::run, Clock.systemUTC())
                            .of(ExportProcess.OCTOBER, window),
                    process.ledger(),
                    run,
                    filter);
            List<Session> sessions = new ArrayList<>();
            for (Session session = reader.read(); session != null; session = reader.read()) {
                sessions.add(session);
            }
            process.ledger().listed(run, window, reader.listing());
            return sessions;
        }
    }

    private static CollectedSession collected(Session session) {
        List<Problem> problems = session.sessionId().equals("broken")
                ? List.of(new Problem("broken", NOON, Problem.Part.CALL_DETAILS, "It answers 500.", 6))
                : List.of();
        return new CollectedSession(session, List.of(), List.of(), problems, new Reading(NOON, FIFTH));
    }

    private static List<String> ids(List<SampleSession> sessions, AppType appType) {
        return sessions.stream()
                .filter(session -> session.appType() == appType)
                .map(SampleSession::sessionId)
                .toList();
    }

    private static Window day(AppType appType, int day) {
        Instant start = ExportProcess.OCTOBER.start().plus(Duration.ofDays(day - 1));
        return new Window(appType, start, start.plus(Duration.ofDays(1)));
    }
}
