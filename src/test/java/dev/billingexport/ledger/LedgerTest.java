package dev.billingexport.ledger;

import static dev.billingexport.ledger.Collected.NOON;
import static dev.billingexport.ledger.Collected.callDetail;
import static dev.billingexport.ledger.Collected.collected;
import static dev.billingexport.ledger.Collected.complete;
import static dev.billingexport.ledger.Collected.problem;
import static dev.billingexport.ledger.Collected.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.NumberOrText;
import dev.billingexport.session.Recording;
import dev.billingexport.session.Session;
import dev.billingexport.session.SessionCallDetail;
import dev.billingexport.session.SessionDetails;
import dev.billingexport.session.SessionRecording;
import dev.billingexport.session.SessionUsage;
import dev.billingexport.session.Usage;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;

/** What is written comes back as it was, once. */
@ParameterizedClass
@EnumSource(Vendor.class)
class LedgerTest {

    @Parameter
    Vendor vendor;

    @TempDir
    static Path folder;

    private static LedgerDatabase database;

    private Run run;

    @BeforeParameterizedClassInvocation
    static void open(Vendor vendor) {
        database = LedgerDatabase.open(vendor, folder);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        database.close();
    }

    @BeforeEach
    void newRun() {
        run = database.newRun();
    }

    @Test
    void writingASessionTwiceIsWritingItOnce() {
        CollectedSession collected =
                complete(session("a", NOON), callDetail("1", "6.25"), callDetail("2", "6.25"), callDetail("1", "6.25"));

        database.ledger().write(run, List.of(collected));
        database.ledger().write(run, List.of(collected));

        assertThat(database.contents().sessions(run))
                .containsExactly(new SessionUsage(
                        collected.session(),
                        new Usage(
                                1,
                                new BigDecimal("12.50"),
                                3,
                                new BigDecimal("18.75"),
                                1,
                                new BigDecimal("600"),
                                new BigDecimal("4294967297"))));
        assertThat(callDetails()).containsExactlyElementsOf(collected.callDetails());
        assertThat(recordings()).containsExactlyElementsOf(collected.recordings());
    }

    @Test
    void equalCallDetailsOfOneAnswerBothSurvive() {
        database.ledger()
                .write(run, List.of(complete(session("a", NOON), callDetail("1", "6.25"), callDetail("1", "6.25"))));

        assertThat(callDetails()).containsExactly(callDetail("1", "6.25"), callDetail("1", "6.25"));
    }

    @Test
    void aSessionThatChangedReplacesAllThatBelongedToIt() {
        database.ledger().write(run, List.of(complete(session("a", NOON), callDetail("1", "1"), callDetail("2", "2"))));

        Session changed = session("a", NOON.plusSeconds(1), "99.9");
        database.ledger().write(run, List.of(collected(changed, List.of(callDetail("3", "3")), List.of(), List.of())));

        assertThat(database.contents().sessions(run).map(SessionUsage::session)).containsExactly(changed);
        assertThat(callDetails()).containsExactly(callDetail("3", "3"));
        assertThat(recordings()).isEmpty();
    }

    @Test
    void problemsAreReplacedAndDecideWhatIsComplete() {
        Session session = session("a", NOON);

        write(collected(session, List.of(), List.of(), List.of(problem(session, "It answers 404.", 1))));
        write(collected(session, List.of(), List.of(), List.of(problem(session, "It answers 500.", 6))));

        assertThat(database.contents().problems(run)).containsExactly(problem(session, "It answers 500.", 6));
        assertThat(database.ledger().known(run, List.of("a")))
                .containsOnly(Map.entry("a", new KnownSession(session, false, 0)));

        write(complete(session));

        assertThat(database.contents().problems(run)).isEmpty();
        assertThat(database.ledger().known(run, List.of("a")).get("a").complete())
                .isTrue();
    }

    static List<Session> oddSessions() {
        Instant millis = Instant.parse("2026-10-31T23:59:59.999Z");
        return List.of(
                session("scale", NOON, "12.50"),
                session("exponent", NOON, "1E+2"),
                session("tiny", NOON, "0.000"),
                session("long", NOON, "123456789012345678901234567890.123456789"),
                session("millis", millis),
                session("lone surrogate \ud83d", NOON),
                session("an emoji \ud83c\udfa7", NOON),
                session("a NUL \u0000 and \u0007", NOON),
                session("  blanks around  ", NOON),
                new Session("gaps", null, null, null, null, null, null, NOON, null, AppType.WB),
                new Session("empty", "", "", "", "x".repeat(40_000), NOON, NOON, NOON, BigDecimal.ONE, AppType.WB));
    }

    @ParameterizedTest
    @MethodSource("oddSessions")
    void aSessionComesBackEqual(Session session) {
        write(complete(session));

        assertThat(database.ledger().known(run, List.of(session.sessionId())))
                .containsOnly(Map.entry(session.sessionId(), new KnownSession(session, true, 0)));
        assertThat(database.contents().sessions(run).map(SessionUsage::session)).containsExactly(session);
    }

    @Test
    void detailsComeBackEqual() {
        CallDetail odd = new CallDetail(
                "",
                "=1+1",
                NOON.plusMillis(1),
                null,
                new BigDecimal("1.250"),
                "\u0000",
                "y".repeat(40_000),
                "\udc00 alone",
                null,
                "\r\n");
        CallDetail empty = new CallDetail(null, null, null, null, null, null, null, null, null, null);
        Recording nothing = new Recording(null, null, null, null, null, null);
        Recording exact = new Recording(
                "f",
                new BigDecimal("1E+3"),
                NumberOrText.of(new BigDecimal("2.0")),
                NOON,
                NOON,
                NumberOrText.of(new BigDecimal("0")));

        write(collected(session("a", NOON), List.of(odd, empty), List.of(exact, nothing), List.of()));

        assertThat(callDetails()).containsExactly(empty, odd);
        assertThat(recordings()).containsExactly(nothing, exact);
    }

    @Test
    void detailsAreInTheSameOrderHoweverTheyCame() {
        List<CallDetail> sorted = List.of(callDetail("1", "1"), callDetail("2", "2"), callDetail("3", "3"));

        write(complete(session("a", NOON), sorted.get(2), sorted.get(0), sorted.get(1)));

        assertThat(callDetails()).isEqualTo(sorted);
    }

    @Test
    void aSessionMayHaveMoreDetailsThanAnyColumnIsWide() {
        CallDetail[] connections = IntStream.range(0, 20_000)
                .mapToObj(i -> callDetail(Integer.toString(i), "1"))
                .toArray(CallDetail[]::new);

        write(complete(session("webinar", NOON), connections));

        assertThat(callDetails()).hasSize(connections.length).doesNotHaveDuplicates();
    }

    @Test
    void runsDontSeeEachOther() {
        Run other = database.newRun();
        Session session = session("a", NOON);
        write(complete(session, callDetail("1", "1")));
        database.ledger().write(other, List.of(Collected.broken(session("a", NOON, "7"))));

        write(complete(session, callDetail("2", "2")));

        assertThat(database.ledger().known(run, List.of("a"))).containsValue(new KnownSession(session, true, 0));
        assertThat(database.ledger().known(other, List.of("a")))
                .containsValue(new KnownSession(session("a", NOON, "7"), false, 0));
        assertThat(database.contents().problemCount(run)).isZero();
        assertThat(database.contents().problemCount(other)).isOne();
        assertThat(database.contents().details(other).flatMap(SessionDetails::callDetailRows))
                .isEmpty();
        assertThat(callDetails()).containsExactly(callDetail("2", "2"));
    }

    @Test
    void whatATransactionCommittedOutlivesADeathAndTheRestDoesNot(@TempDir Path dying) {
        List<CollectedSession> chunk = IntStream.range(0, 100)
                .mapToObj(i -> complete(session("s" + i, NOON.plusSeconds(i)), callDetail("1", "1")))
                .toList();
        try (LedgerDatabase before = LedgerDatabase.open(vendor, dying)) {
            Run torn = before.newRun();
            before.transactions().executeWithoutResult(status -> before.ledger().write(torn, chunk));
            assertThatThrownBy(() -> before.transactions().executeWithoutResult(status -> {
                        before.ledger().write(torn, List.of(complete(session("uncommitted", NOON))));
                        before.tearAway();
                    }))
                    .isInstanceOf(DataAccessException.class);
        }

        try (LedgerDatabase after = LedgerDatabase.open(vendor, dying)) {
            Run torn = after.runs().find(1).orElseThrow();
            assertThat(after.contents().sessionCount(torn)).isEqualTo(100);
            assertThat(after.contents().details(torn).flatMap(SessionDetails::callDetailRows))
                    .hasSize(100);
            assertThat(after.ledger().known(torn, List.of("uncommitted"))).isEmpty();
        }
    }

    private void write(CollectedSession session) {
        database.ledger().write(run, List.of(session));
    }

    private List<CallDetail> callDetails() {
        return database.contents()
                .details(run)
                .flatMap(SessionDetails::callDetailRows)
                .map(SessionCallDetail::callDetail)
                .toList();
    }

    private List<Recording> recordings() {
        return database.contents()
                .details(run)
                .flatMap(SessionDetails::recordingRows)
                .map(SessionRecording::recording)
                .toList();
    }
}
