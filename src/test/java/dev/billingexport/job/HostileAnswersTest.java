package dev.billingexport.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.billingexport.api.ApiException;
import dev.billingexport.api.Credentials;
import dev.billingexport.delivered.Verification;
import dev.billingexport.delivery.DeliveredRevision;
import dev.billingexport.delivery.DeliveryProperties;
import dev.billingexport.delivery.Location;
import dev.billingexport.ledger.LedgerContents;
import dev.billingexport.ledger.Run;
import dev.billingexport.run.Outcome;
import dev.billingexport.sample.SampleAccount;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Period;
import dev.billingexport.session.Problem;
import dev.billingexport.session.Recording;
import dev.billingexport.session.Session;
import dev.billingexport.session.SessionDetails;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.ChangingProxy;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.HostileSession;
import dev.billingexport.testing.HostileValue;
import dev.billingexport.testing.Served;
import dev.billingexport.testing.ServedRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Answers that no honest API gives, through the whole run, from a real server to the files. Whatever stands in a field is
 * kept exactly or makes a problem of that session; all else is delivered, and the delivery verifies.
 *
 * <p>No library's generators: fields and values are few enough to try every pair, and mixtures need nothing but a seed.
 */
@Timeout(180)
class HostileAnswersTest {

    private static final Instant NOON = Instant.parse("2026-10-05T12:00:00Z");

    /** A link to a session's row, with the text that is seen; the other formulas that we write add up, and hold no text of theirs. */
    private static final Pattern LINK = Pattern.compile("HYPERLINK\\(\"#'[^'!\"]+'!A\\d+\",\"([^\"]*)\"\\)");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final List<String> IDS = List.of(
            "a/b",
            "../../login",
            "..",
            ".",
            "%2e%2e",
            "a?b=c#d",
            "a;b",
            "=1+1",
            "two\nlines",
            "nul\u0000",
            "\u001b[2J",
            "half \ud83d",
            "\ud83c\udfa7",
            " blank ",
            "A",
            "a",
            "A ",
            "'",
            "\"",
            "-",
            "x".repeat(4_000),
            "1e5",
            "007",
            "null");

    /** Answers to whole listings that leave nobody to blame. */
    private static final List<String> LISTINGS = List.of(
            "",
            "null",
            "NaN",
            "[]",
            "\"sessions\"",
            "{\"result\":1,\"sessions\":true}",
            "{\"result\":1,\"sessions\":{\"a\":{}}}",
            "{\"result\":1,\"sessions\":{\"0\":{}}}",
            "{\"result\":1,\"rows\":[{}]}",
            "{\"result\":1,\"sessions\":[null]}",
            "{\"result\":1,\"sessions\":[[]]}",
            "{\"result\":1,\"sessions\":[{\"session_id\":\"s\",\"duration\":1e99999999999}]}",
            "{\"result\":1,\"sessions\":[{\"session_id\":\"s\",\"trans_date\":\"0000-01-01 00:00:00\"}]}",
            "{\"result\":1,\"sessions\":[{\"session_id\":\"s\",\"trans_date\":\"9999-12-31 23:59:59\"}]}",
            "{\"result\":1,\"sessions\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}",
            "{\"result\":1,\"sessions\":[" + "{},".repeat(600_000) + "{}]}",
            "{\"result\":[1],\"sessions\":[]}",
            "{\"result\":\"one\",\"sessions\":[]}",
            "{\"result\":0,\"sessions\":[]}",
            "{\"sessions\":[]}",
            "{\"result\":1,\"sessions\":[]} {}",
            "{\"result\":1,\"sessions\":[]",
            "<html>1</html>",
            "\u0000",
            "{\"result\":403,\"sessions\":[],\"msg\":\"" + "\\u001b[2J".repeat(10_000) + "\"}");

    /** What strangers sent that would be a formula, if we let it. */
    private static final Pattern THEIRS = Pattern.compile("1\\+1|1\\+2|2\\+3|SUM\\(A1\\)|cmd|evil");

    @TempDir
    Path home;

    @Test
    void everyValueInEveryField() throws IOException {
        List<HostileSession> sessions = new ArrayList<>();
        for (String field : HostileSession.fields().keySet()) {
            for (HostileValue value : HostileValue.all()) {
                if (HostileSession.isListable(field, value)) {
                    sessions.add(session(sessions.size()).with(field, value));
                }
            }
            sessions.add(
                    session(sessions.size()).withTwice(field, HostileValue.all().get(1)));
        }
        for (String rows : List.of("null", "[]", "{}", "\"\"", "false")) {
            sessions.add(session(sessions.size()).withCallDetails(rows, true));
        }
        for (String rows : List.of(
                "true",
                "{\"a\":{}}",
                "{\"0\":1}",
                "42",
                "\"none\"",
                "[null]",
                "[[]]",
                "[1]",
                "[{}]]",
                "}",
                "NaN",
                "")) {
            sessions.add(session(sessions.size()).withCallDetails(rows, false));
        }
        for (String deep : List.of("[".repeat(10_000) + "]".repeat(10_000), "{\"a\":".repeat(10_000) + "1")) {
            sessions.add(session(sessions.size()).withCallDetails("[{\"name\":" + deep + "}]", false));
        }
        for (String result : List.of("null", "1.5", "-1", "[1]", "{}", "\"\"", "\"one\"", "1e400", "0", "404")) {
            sessions.add(session(sessions.size()).withResult(result));
        }
        assertThatAllIsExactOrAProblem(sessions);
    }

    /** A small number of mixtures in the suite; the Maven profile {@code soak} asks for as many as it is told. */
    @Test
    void anyMixtureOfThem() throws IOException {
        int count = Integer.getInteger("soak.mixtures", 100);
        long seed = Long.getLong("soak.seed", System.nanoTime());
        System.out.printf("Hostile mixtures: %d, seed %d%n", count, seed);
        Random random = new Random(seed);
        List<String> fields = List.copyOf(HostileSession.fields().keySet());
        List<HostileValue> values = HostileValue.all();
        List<HostileSession> sessions = new ArrayList<>();
        while (sessions.size() < count) {
            HostileSession session = session(sessions.size());
            for (int i = 1 + random.nextInt(6); i > 0; i--) {
                String field = fields.get(random.nextInt(fields.size()));
                HostileValue value = values.get(random.nextInt(values.size()));
                // Without any date a session would be listed nowhere.
                if (!field.equals("session.trans_date")) {
                    session.with(field, value);
                }
            }
            sessions.add(session);
        }
        assertThatAllIsExactOrAProblem(sessions);
    }

    @Test
    void whateverAWholeAnswerHoldsTheNextHonestOneIsExact() throws IOException {
        List<SampleSession> sessions =
                List.of(Served.session("a", NOON), Served.session("b", NOON.plusSeconds(1)), Served.session("c", NOON));
        try (FakeApi api = FakeApi.start(0, Behaviour.DOCUMENTED, sessions);
                ChangingProxy proxy = ChangingProxy.changingAnswers(api.baseUrl());
                ExportProcess process = start(proxy)) {
            Run run = process.october(1);
            for (String listing : LISTINGS) {
                proxy.replace((asked, reply) -> asked.uri().getPath().endsWith("/sessions") && reply.status() == 200
                        ? new ChangingProxy.Reply(200, listing)
                        : reply);
                // A login that works shows that the API is up.
                api.expireTokens();

                Outcome outcome = assertTimeout(PATIENCE, () -> process.launch(run));

                assertThat(outcome.kind()).as(listing).isEqualTo(Outcome.Kind.FAILED);
                assertThat(outcome.failure()).as(listing).isNotNull();
                assertThat(outcome.failure().getMessage())
                        .as(listing)
                        .contains("sessions")
                        .hasSizeLessThan(1_000);
                assertThat(process.current()).as(listing).isEmpty();
            }
            proxy.change((asked, body) -> body);

            assertThat(process.launch(run)).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));

            new ServedRecords(sessions, ExportProcess.OCTOBER).assertIsIn(process.contents(), run);
        }
    }

    /** Every window lists it, for its date is as unknown as its id, and all of them at once. */
    @Test
    void aRowThatNamesNoSessionIsAProblemForAsLongAsItIsListed() throws IOException {
        List<SampleSession> sessions = List.of(Served.session("a", NOON), Served.session("b", NOON.plusSeconds(1)));
        try (FakeApi api = FakeApi.start(0, Behaviour.DOCUMENTED, sessions);
                ChangingProxy proxy = ChangingProxy.changingAnswers(api.baseUrl());
                ExportProcess process = ExportProcess.start(
                        home,
                        proxy.baseUrl(),
                        Credentials.from(SampleAccount.loginCredentials()),
                        "export.source.app-types=vc",
                        "export.source.window=1d")) {
            Run run = process.october(1);
            proxy.change((asked, body) -> String.valueOf(asked.getQuery()).contains("page=1&")
                    ? body.replaceFirst("\\[", "[{\"duration\":17},{},").replace(",]", "]")
                    : body);

            assertThat(process.launch(run)).isEqualTo(new Outcome(Outcome.Kind.FAILED, null));

            new ServedRecords(sessions, ExportProcess.OCTOBER).assertIsIn(process.contents(), run);
            assertThat(process.contents().problems(run).map(Problem::sessionId))
                    .hasSize(2)
                    .allMatch(id -> id.startsWith("unnamed-"));

            proxy.change((asked, body) -> body);

            assertThat(process.launch(run)).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));
        }
    }

    @Test
    void idsThatLeadElsewhereAreAskedForAsTheyAreOrNotAtAll() throws IOException {
        List<HostileSession> sessions = new ArrayList<>();
        for (String id : IDS) {
            sessions.add(new HostileSession(id, NOON.plusMillis(sessions.size())));
        }
        for (HostileSession session : sessions) {
            if (List.of(".", "..", "half \ud83d").contains(session.sessionId())) {
                session.withoutDetails();
            }
        }
        assertThatAllIsExactOrAProblem(sessions);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"access_token\":\"a\\r\\nX-Injected: yes\"}",
                "{\"access_token\":\"\\u0000\"}",
                "{\"access_token\":[\"a\"]}",
                "{\"access_token\":\"a\",\"expires_in\":1e400}",
                "{\"result\":[],\"access_token\":{}}",
                ""
            })
    void aLoginThatMakesNoSenseEndsTheRunAtOnce(String answer) throws IOException {
        try (FakeApi api = FakeApi.start(0, Behaviour.DOCUMENTED, List.of(Served.session("a", NOON)));
                ChangingProxy proxy = ChangingProxy.changingAnswers(api.baseUrl());
                ExportProcess process = start(proxy)) {
            proxy.change((asked, body) -> asked.getPath().endsWith("/login") ? answer : body);

            Outcome outcome = assertTimeout(PATIENCE, () -> process.launch(process.october(1)));

            assertThat(outcome.failure()).isInstanceOf(ApiException.class);
            assertThat(process.current()).isEmpty();
        }
    }

    @Test
    void aListingWithoutEndIsNotedBeforeItCostsHours() throws IOException {
        AtomicInteger pages = new AtomicInteger();
        try (FakeApi api = FakeApi.start(0, Behaviour.DOCUMENTED, List.of());
                ChangingProxy proxy = ChangingProxy.changingAnswers(api.baseUrl());
                ExportProcess process = start(proxy)) {
            proxy.change((asked, body) ->
                    asked.getPath().endsWith("/sessions") ? aPageOfNewSessions(pages.getAndIncrement()) : body);

            Run run = process.run(new Period(LocalDate.of(2026, 10, 5), LocalDate.of(2026, 10, 6), ZoneOffset.UTC), 1);

            Outcome outcome = assertTimeout(PATIENCE, () -> process.launch(run));

            assertThat(outcome.failure())
                    .isInstanceOf(ListingException.class)
                    .hasMessageContaining("seem to be endless")
                    .hasMessageContaining("page 100000");
            assertThat(pages).hasValueLessThan(110);
        }
    }

    private static String aPageOfNewSessions(int page) {
        return "{\"result\":1,\"sessions\":[{\"session_id\":\"%d\",\"trans_date\":\"%s\"}]}".formatted(page, NOON);
    }

    /** One window, and a login. */
    private ExportProcess start(ChangingProxy proxy) {
        return ExportProcess.start(
                home,
                proxy.baseUrl(),
                Credentials.from(SampleAccount.loginCredentials()),
                "export.source.app-types=vc",
                "export.source.window=31d");
    }

    private void assertThatAllIsExactOrAProblem(List<HostileSession> sessions) throws IOException {
        try (FakeApi api = FakeApi.start(0, Behaviour.DOCUMENTED, sessions);
                ExportProcess process = ExportProcess.start(
                        home,
                        api,
                        "export.source.app-types=vc",
                        "export.source.window=7d",
                        "export.report.formats=csv,xlsx,html")) {
            Run run = process.october(1);

            assertThat(process.launchAccepting(run)).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));

            LedgerContents contents = process.contents();
            assertThat(problems(contents, run)).isEqualTo(expectedProblems(sessions));
            assertSame(
                    contents.sessions(run).map(usage -> usage.session()).toList(),
                    Session::sessionId,
                    sessions.stream()
                            .filter(each -> !each.problems().contains(Problem.Part.SESSION))
                            .collect(Collectors.toMap(HostileSession::sessionId, HostileSession::expectedSession)));
            Map<String, CallDetail> callDetails = sessions.stream()
                    .filter(HostileSession::hasItsCallDetail)
                    .collect(Collectors.toMap(HostileSession::sessionId, HostileSession::expectedCallDetail));
            assertThat(contents.details(run)
                            .flatMap(SessionDetails::callDetailRows)
                            .collect(Collectors.toMap(row -> row.session().sessionId(), row -> row.callDetail())))
                    .isEqualTo(callDetails);
            Map<String, Recording> recordings = sessions.stream()
                    .filter(HostileSession::hasItsRecording)
                    .collect(Collectors.toMap(HostileSession::sessionId, HostileSession::expectedRecording));
            assertThat(contents.details(run)
                            .flatMap(SessionDetails::recordingRows)
                            .collect(Collectors.toMap(row -> row.session().sessionId(), row -> row.recording())))
                    .isEqualTo(recordings);
            assertThatTheDeliveryIsSound(process);
        }
    }

    private static <T> void assertSame(List<T> actual, Function<T, String> id, Map<String, T> expected) {
        assertThat(actual.stream().collect(Collectors.toMap(id, each -> each))).isEqualTo(expected);
    }

    private void assertThatTheDeliveryIsSound(ExportProcess process) throws IOException {
        DeliveryProperties delivery = process.get(ExportProperties.class).delivery();
        try (DeliveredRevision delivered = DeliveredRevision.find(delivery.at(
                        Location.of(home.resolve("out/billing/2026-10").toString())))
                .orElseThrow()) {
            assertThat(Verification.of(delivered).differences()).isEmpty();
        }
        try (ReadableWorkbook workbook = new ReadableWorkbook(
                home.resolve("out/billing/2026-10/r1/billing_2026-10.xlsx").toFile())) {
            for (Sheet sheet : workbook.getSheets().toList()) {
                try (Stream<Row> rows = sheet.openStream()) {
                    rows.flatMap(Row::stream)
                            .filter(cell -> cell != null && cell.getFormula() != null)
                            .forEach(HostileAnswersTest::assertThatItIsOurs);
                }
            }
        }
    }

    private static void assertThatItIsOurs(Cell cell) {
        var link = LINK.matcher(cell.getFormula());
        if (link.matches()) {
            assertThat(cell.getText()).isEqualTo(link.group(1));
        } else {
            assertThat(cell.getFormula()).doesNotContainPattern(THEIRS);
        }
    }

    private static Map<String, Set<Problem.Part>> problems(LedgerContents contents, Run run) {
        Map<String, Set<Problem.Part>> problems = new HashMap<>();
        contents.problems(run).forEach(problem -> {
            assertThat(problem.cause()).isNotBlank().matches("\\P{Cntrl}{1,1000}");
            problems.computeIfAbsent(problem.sessionId(), id -> new HashSet<>()).add(problem.part());
        });
        return problems;
    }

    private static Map<String, Set<Problem.Part>> expectedProblems(List<HostileSession> sessions) {
        return sessions.stream()
                .filter(session -> !session.problems().isEmpty())
                .collect(Collectors.toMap(HostileSession::sessionId, HostileSession::problems));
    }

    private static HostileSession session(int number) {
        return new HostileSession("s%05d".formatted(number), NOON.plusMillis(number));
    }
}
