package dev.billingexport.report.table;

import static dev.billingexport.report.Month.callDetail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.report.Month;
import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Session;
import dev.billingexport.session.SessionDetails;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each finding by an example, and the last one that is none. */
class ReconciliationTest {

    private static final String CONNECT = "2026-10-05T09:00:00Z";
    private static final String DISCONNECT = "2026-10-05T10:00:00Z";

    private final Reconciliation reconciliation =
            new Reconciliation(Month.head(Month.UTC).period().end(), Duration.ofMinutes(1));

    @ParameterizedTest
    @CsvSource({"60, false", "61, false", "61.00001, true", "59, false", "58.99999, true"})
    void aStatedDurationMayDifferByTheTolerance(String stated, boolean found) {
        assertThat(kinds(session(CONNECT, DISCONNECT, stated), inside()))
                .containsExactlyElementsOf(found ? List.of(Finding.Kind.STATED_DIFFERS) : List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-05T08:59:00Z, 2026-10-05T09:30:00Z, false",
        "2026-10-05T08:58:59.999Z, 2026-10-05T09:30:00Z, true",
        "2026-10-05T09:30:00Z, 2026-10-05T10:01:00Z, false",
        "2026-10-05T09:30:00Z, 2026-10-05T10:01:00.001Z, true"
    })
    void aCallDetailMayStickOutByTheTolerance(String connect, String disconnect, boolean found) {
        assertThat(kinds(session(CONNECT, DISCONNECT, "60"), call(connect, disconnect)))
                .containsExactlyElementsOf(found ? List.of(Finding.Kind.CALL_DETAIL_OUTSIDE) : List.of());
    }

    @Test
    void aSessionWithoutCallDetails() {
        assertThat(kinds(session(CONNECT, DISCONNECT, "60"))).containsExactly(Finding.Kind.NO_CALL_DETAILS);
    }

    /** What is missing is told as a problem; whether there are call details, nobody knows. */
    @Test
    void aSessionWhoseCallDetailsCouldNotBeFetchedIsNotOneWithoutThem() {
        Month month = new Month()
                .withoutCallDetails(session(CONNECT, DISCONNECT, "60"))
                .with(session(CONNECT, DISCONNECT, "60"));

        assertThat(figures(month).findings()).isEqualTo(Map.of(Finding.Kind.NO_CALL_DETAILS, 1L));
    }

    @ParameterizedTest
    @CsvSource({
        "-600.5, 30, 60, 1, 600.5",
        "60, -0.01, 60, 1, 0.01",
        "60, 30, -90, 1, 1.5",
        "60, 30, 60, -1, 0",
        "-1, -2, -60, -4, 2",
        "60, 30, 0, 0,"
    })
    void figuresBelowZero(
            String duration, String callDetail, String playTime, String fileSize, @Nullable BigDecimal weight) {
        Month month = new Month()
                .with(
                        session(CONNECT, DISCONNECT, duration),
                        callDetail("1", "Ada", "2026-10-05T09:10:00Z", callDetail),
                        Month.recording(1, playTime, fileSize));

        assertThat(findings(month).stream()
                        .filter(finding -> finding.kind() == Finding.Kind.NEGATIVE_FIGURES)
                        .map(Finding::weight))
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactlyElementsOf(Stream.ofNullable(weight).toList());
    }

    /** Each session that has one is told, and the third because of the first. What has no id is never a duplicate. */
    @Test
    void aCallLogIdThatAnotherCallDetailHasToo() {
        Month month = new Month()
                .with(session("s-1"), logged("A", "30"))
                .with(session("s-2"), logged("B", "30"), logged("C", "30"))
                .with(session("s-3"), logged("A", "5"), logged("D", "30"))
                .with(session("s-4"), logged("E", "30"), logged("E", "30"))
                .with(session("s-5"), logged(null, "30"), logged(null, "30"), logged(" ", "30"), logged(" ", "30"));

        assertThat(findings(month).stream()
                        .map(finding -> finding.session().sessionId() + " "
                                + finding.kind().code() + " " + finding.weight()))
                .containsExactly(
                        "s-1 duplicate_call_detail 30", "s-3 duplicate_call_detail 5", "s-4 duplicate_call_detail 60");
        assertThat(figures(month).findings()).isEqualTo(Map.of(Finding.Kind.DUPLICATE_CALL_DETAIL, 3L));
    }

    @Test
    void repeatedIdsAreFoundAmongMany() {
        CallLogIds ids = new CallLogIds();
        IntStream.range(0, 300_000).forEach(i -> ids.add(List.of(logged("id-" + i, "1"))));
        IntStream.range(0, 3).forEach(i -> ids.add(List.of(logged("id-0", "1"), logged("id-299999", "1"))));

        RepeatedCallLogIds repeated = ids.repeated();

        assertThat(IntStream.range(0, 300_000)
                        .mapToObj(i -> logged("id-" + i, "1"))
                        .filter(detail -> !repeated.among(List.of(detail)).isEmpty())
                        .map(CallDetail::callLogId))
                .containsExactly("id-0", "id-299999");
    }

    @Test
    void aSessionThatHadNotEnded() {
        Finding finding = findings(session(CONNECT, null, "12"), inside()).get(0);

        assertThat(finding.kind()).isEqualTo(Finding.Kind.NOT_ENDED);
        assertThat(finding.connected()).isNull();
        assertThat(finding.span()).isEqualTo(new BigDecimal("30.000"));
    }

    @ParameterizedTest
    @CsvSource({"2026-11-01T00:00:00Z, false", "2026-11-01T00:00:00.001Z, true"})
    void aSessionThatEndsAfterThePeriod(String disconnect, boolean found) {
        assertThat(kinds(session("2026-10-31T23:30:00Z", disconnect, "30"), call("2026-10-31T23:30:00Z", disconnect)))
                .containsExactlyElementsOf(found ? List.of(Finding.Kind.ENDS_AFTER_PERIOD) : List.of());
    }

    @Test
    void timesThatRunBackwards() {
        assertThat(kinds(session(DISCONNECT, CONNECT, "60"), call("2026-10-05T10:00:00Z", "2026-10-05T10:00:00Z")))
                .contains(Finding.Kind.IMPOSSIBLE_TIMES, Finding.Kind.STATED_DIFFERS);
        assertThat(kinds(session(CONNECT, DISCONNECT, "60"), call("2026-10-05T09:30:00Z", "2026-10-05T09:29:59.999Z")))
                .containsExactly(Finding.Kind.IMPOSSIBLE_TIMES);
    }

    @Test
    void minutesAreRoundedHalfUp() {
        // 90 ms are 0.0015 minutes, 89 ms a little less.
        assertThat(findings(session(CONNECT, "2026-10-05T09:00:00.090Z", "60"))
                        .get(0)
                        .connected())
                .isEqualTo(new BigDecimal("0.002"));
        assertThat(findings(session(CONNECT, "2026-10-05T09:00:00.089Z", "60"))
                        .get(0)
                        .connected())
                .isEqualTo(new BigDecimal("0.001"));
    }

    @Test
    void theWorstComesFirstHoweverManyThereAre() {
        List<Finding> findings = new ArrayList<>();
        IntStream.rangeClosed(1, 110_000)
                .forEach(i -> findings.addAll(reconciliation.findings(
                        new SessionDetails(
                                i,
                                session(CONNECT, DISCONNECT, String.valueOf(100 + i * 7_919L % 1_000)),
                                dev.billingexport.session.Usage.NONE,
                                i % 2 == 0 ? List.of() : List.of(inside()),
                                List.of(),
                                true),
                        RepeatedCallLogIds.NONE)));

        List<Finding> worstFirst = Reconciliation.worstFirst(findings::stream).toList();

        assertThat(worstFirst).hasSize(165_000).isSortedAccordingTo(Finding.WORST_FIRST);
        assertThat(worstFirst.get(0).weight()).isEqualTo(new BigDecimal("1039.000"));
        assertThat(worstFirst.get(worstFirst.size() - 1).kind()).isEqualTo(Finding.Kind.NO_CALL_DETAILS);
    }

    private List<Finding.Kind> kinds(Session session, CallDetail... callDetails) {
        return findings(session, callDetails).stream().map(Finding::kind).toList();
    }

    private List<Finding> findings(Session session, CallDetail... callDetails) {
        return findings(new Month().with(session, (Object[]) callDetails));
    }

    private List<Finding> findings(Month month) {
        RepeatedCallLogIds repeated = figures(month).repeated();
        try (Stream<SessionDetails> sessions = month.details()) {
            return sessions.flatMap(details -> reconciliation.findings(details, repeated).stream())
                    .toList();
        }
    }

    private Figures figures(Month month) {
        return Figures.of(month, Month.head(Month.UTC).period(), reconciliation, null);
    }

    /** One that nothing is wrong with. */
    private static Session session(String id) {
        Session session = session(CONNECT, DISCONNECT, "60");
        return new Session(
                id,
                null,
                null,
                "u-1",
                "Ada",
                session.transDate(),
                session.connectDt(),
                session.disconnectDt(),
                session.duration(),
                AppType.VC);
    }

    private static CallDetail logged(@Nullable String callLogId, String minutes) {
        CallDetail detail = inside();
        return new CallDetail(
                detail.callNum(),
                callLogId,
                detail.connectDt(),
                detail.disconnectDt(),
                new BigDecimal(minutes),
                detail.userRef(),
                detail.name(),
                detail.role(),
                detail.ip(),
                detail.agent());
    }

    private static Session session(String connect, @Nullable String disconnect, String stated) {
        return new Session(
                "s-1",
                null,
                null,
                "u-1",
                "Ada",
                Instant.parse(CONNECT),
                Instant.parse(connect),
                disconnect == null ? null : Instant.parse(disconnect),
                new BigDecimal(stated),
                AppType.VC);
    }

    private static CallDetail inside() {
        return callDetail("1", "Ada", "2026-10-05T09:10:00Z", "30");
    }

    private static CallDetail call(String connect, String disconnect) {
        return new CallDetail(
                "1",
                null,
                Instant.parse(connect),
                Instant.parse(disconnect),
                BigDecimal.TEN,
                null,
                null,
                null,
                null,
                null);
    }
}
