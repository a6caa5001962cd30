package dev.billingexport.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billingexport.sample.SampleSession;
import dev.billingexport.session.AppType;
import dev.billingexport.session.Filter;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GeneratorTest {

    private static final Instant FROM = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-11-01T00:00:00Z");

    private static final List<SampleSession> SESSIONS = new Generator(1, 3_000, FROM, TO, 0).sessions();

    @Test
    void theSameSeedMakesTheSameSessions() {
        assertThat(documents(new Generator(5, 200, FROM, TO, 0.3)))
                .isEqualTo(documents(new Generator(5, 200, FROM, TO, 0.3)))
                .isNotEqualTo(documents(new Generator(6, 200, FROM, TO, 0.3)));
    }

    @Test
    void askingTwiceGivesTheSameAnswer() {
        SampleSession session = SESSIONS.get(42);

        assertThat(session.callDetails()).isEqualTo(session.callDetails());
        assertThat(session.recordings()).isEqualTo(session.recordings());
    }

    @Test
    void everySessionIsItsOwnAndLiesInThePeriod() {
        assertThat(SESSIONS).hasSize(3_000).extracting(SampleSession::sessionId).doesNotHaveDuplicates();
        assertThat(SESSIONS)
                .allMatch(session ->
                        !session.date().isBefore(FROM) && session.date().isBefore(TO));
        assertThat(SESSIONS).extracting(SampleSession::appType).contains(AppType.VC, AppType.WB);
    }

    @Test
    void theSpreadIsAnOffices() {
        long weekend = SESSIONS.stream()
                .map(session -> session.date().atOffset(ZoneOffset.UTC).getDayOfWeek())
                .filter(day -> day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY)
                .count();
        long night = SESSIONS.stream()
                .filter(session -> session.date().atOffset(ZoneOffset.UTC).getHour() < 6)
                .count();
        Map<String, Long> byUser = SESSIONS.stream()
                .collect(Collectors.groupingBy(
                        session -> String.valueOf(session.value(Filter.Field.USER_ID)), Collectors.counting()));
        double callDetails = SESSIONS.stream()
                .mapToInt(session ->
                        JsonMapper.shared().readTree(session.callDetails()).size())
                .average()
                .orElseThrow();
        long recorded = SESSIONS.stream()
                .filter(session -> !session.recordings().equals("[]"))
                .count();

        assertThat(weekend).isBetween(30L, 300L);
        assertThat(night).isBetween(15L, 200L);
        assertThat(byUser.get("U-0")).isGreaterThan(300);
        assertThat(byUser).hasSizeGreaterThan(25);
        assertThat(callDetails).isBetween(3.7, 4.3);
        assertThat(recorded).isBetween(450L, 750L);
    }

    @Test
    void durationsAreTheTimeBetweenConnectAndDisconnect() {
        for (SampleSession session : SESSIONS.subList(0, 300)) {
            JsonNode whole = JsonMapper.shared().readTree(session.session());
            assertThat(millis(whole)).isEqualTo(span(whole));
            for (JsonNode callDetail : JsonMapper.shared().readTree(session.callDetails())) {
                assertThat(millis(callDetail)).isEqualTo(span(callDetail)).isPositive();
                assertThat(callDetail.path("connect_dt").stringValue())
                        .isGreaterThanOrEqualTo(whole.path("connect_dt").stringValue());
                assertThat(callDetail.path("disconnect_dt").stringValue())
                        .isLessThanOrEqualTo(whole.path("disconnect_dt").stringValue());
            }
        }
    }

    @Test
    void awkwardValuesComeOnRequestOnly() {
        List<SampleSession> awkward = new Generator(1, 1_000, FROM, TO, 0.5).sessions();
        long twisted = awkward.stream()
                .filter(session -> !(session instanceof GeneratedSession))
                .count();
        String all = awkward.stream()
                .map(session -> session.session() + session.callDetails() + session.recordings())
                .collect(Collectors.joining());
        Set<SampleSession> plain = new HashSet<>(SESSIONS);

        assertThat(twisted).isBetween(400L, 600L);
        assertThat(all)
                .contains(
                        "\"=1+1\"",
                        "\\ud83d\"",
                        "\\u0007",
                        "محمد",
                        "not_documented",
                        "\"play_time\":\"",
                        "x".repeat(40_000))
                .containsPattern("\"duration\":\"\\d+\\.\\d\\d\"")
                .contains("\"meeting_id\":null", "\"agent\":null");
        assertThat(plain).allMatch(GeneratedSession.class::isInstance);
    }

    @Test
    void anEmptyPeriodIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Generator(1, 10, TO, FROM, 0));
    }

    private static List<String> documents(Generator generator) {
        Function<SampleSession, String> document = session -> session.sessionId()
                + session.session()
                + session.callDetails()
                + session.recordings()
                + session.result();
        return generator.sessions().stream().map(document).toList();
    }

    private static long millis(JsonNode row) {
        return row.path("duration")
                .decimalValue()
                .multiply(BigDecimal.valueOf(60_000))
                .longValueExact();
    }

    private static long span(JsonNode row) {
        return Duration.between(
                        Instant.parse(row.path("connect_dt").stringValue()),
                        Instant.parse(row.path("disconnect_dt").stringValue()))
                .toMillis();
    }
}
