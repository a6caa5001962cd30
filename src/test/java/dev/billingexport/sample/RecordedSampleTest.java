package dev.billingexport.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.session.AppType;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** That the sample holds what samples/README.md says. */
class RecordedSampleTest {

    private static final Map<String, SampleSession> SESSIONS =
            RecordedSample.sessions().stream().collect(Collectors.toMap(SampleSession::sessionId, Function.identity()));

    static Stream<AppType> appTypes() {
        return SESSIONS.values().stream().map(SampleSession::appType).distinct();
    }

    @ParameterizedTest
    @MethodSource("appTypes")
    void theMonthAddsUpToTheHandCheckedTotals(AppType appType) throws IOException {
        JsonNode totals =
                Json.parse(Files.readString(Path.of("samples", "totals.json"))).path(appType.code());
        int sessions = 0;
        int callDetails = 0;
        int recordings = 0;
        BigDecimal sessionMinutes = BigDecimal.ZERO;
        BigDecimal callDetailMinutes = BigDecimal.ZERO;
        BigDecimal seconds = BigDecimal.ZERO;
        BigDecimal bytes = BigDecimal.ZERO;
        for (SampleSession session : SESSIONS.values()) {
            if (session.appType() == appType && inMonth(session)) {
                JsonNode cdr = Json.parse(session.callDetails());
                JsonNode files = Json.parse(session.recordings());
                sessions++;
                callDetails += cdr.size();
                recordings += files.size();
                sessionMinutes = sessionMinutes.add(number(Json.parse(session.session()), "duration"));
                callDetailMinutes = callDetailMinutes.add(sum(cdr, "duration"));
                seconds = seconds.add(sum(files, "play_time"));
                bytes = bytes.add(sum(files, "file_size"));
            }
        }

        assertThat(sessions).isEqualTo(totals.path("sessions").intValue());
        assertThat(callDetails).isEqualTo(totals.path("call_details").intValue());
        assertThat(recordings).isEqualTo(totals.path("recordings").intValue());
        assertThat(sessionMinutes).isEqualByComparingTo(number(totals, "session_minutes"));
        assertThat(callDetailMinutes).isEqualByComparingTo(number(totals, "call_detail_minutes"));
        assertThat(seconds).isEqualByComparingTo(number(totals, "recorded_seconds"));
        assertThat(bytes).isEqualByComparingTo(number(totals, "recorded_bytes"));
    }

    @Test
    void theNeighboursLieJustOutside() {
        Set<String> outside = SESSIONS.values().stream()
                .filter(session -> !inMonth(session))
                .map(SampleSession::sessionId)
                .collect(Collectors.toSet());

        assertThat(outside).containsExactlyInAnyOrder("vc-001", "vc-033", "wb-001", "wb-011");
        assertThat(SESSIONS.get("vc-001").date()).isEqualTo("2026-09-30T23:59:59.999Z");
        assertThat(SESSIONS.get("vc-002").date()).isEqualTo("2026-10-01T00:00:00Z");
        assertThat(SESSIONS.get("vc-032").date()).isEqualTo("2026-10-31T23:59:59.999Z");
        assertThat(SESSIONS.get("vc-033").date()).isEqualTo("2026-11-01T00:00:00Z");
    }

    @Test
    void timesAndDurationsAgreeExceptWhereTheyAreMeantNotTo() {
        Set<String> disagreeing = new TreeSet<>();
        for (SampleSession session : SESSIONS.values()) {
            JsonNode json = Json.parse(session.session());
            boolean agrees = agrees(json);
            for (JsonNode callDetail : Json.parse(session.callDetails())) {
                agrees &= agrees(callDetail)
                        && !instant(callDetail, "connect_dt").isBefore(instant(json, "connect_dt"))
                        && (!json.path("disconnect_dt").isString()
                                || !instant(callDetail, "disconnect_dt").isAfter(instant(json, "disconnect_dt")));
            }
            for (JsonNode file : Json.parse(session.recordings())) {
                BigDecimal length = number(file, "end_time").subtract(number(file, "start_time"));
                agrees &= length.compareTo(number(file, "play_time")) == 0;
            }
            if (!agrees) {
                disagreeing.add(session.sessionId());
            }
        }

        assertThat(disagreeing).containsExactly("vc-029", "vc-030", "vc-031", "wb-007", "wb-008");
    }

    @Test
    void digitsAndCharactersAreServedAsTheyWereWritten() {
        assertThat(SESSIONS.get("vc-005").session()).contains("\"duration\":12.50,");
        assertThat(SESSIONS.get("990010").session()).contains("\"session_id\":990010,");
        assertThat(SESSIONS.get("vc-009").callDetails()).contains("Cut emoji \\ud83d\"");
        assertThat(SESSIONS.get("vc-021").callDetails()).contains("Beep\\u0007 Boop");
        assertThat(SESSIONS.get("vc-006").result()).isEqualTo("\"1\"");
    }

    private static boolean agrees(JsonNode row) {
        return row.path("disconnect_dt").isString()
                && Duration.between(instant(row, "connect_dt"), instant(row, "disconnect_dt"))
                                .toMillis()
                        == number(row, "duration")
                                .movePointRight(3)
                                .multiply(BigDecimal.valueOf(60))
                                .longValueExact();
    }

    private static Instant instant(JsonNode row, String field) {
        return Instant.parse(row.path(field).asString());
    }

    private static BigDecimal sum(JsonNode rows, String field) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode row : rows) {
            sum = sum.add(number(row, field));
        }
        return sum;
    }

    private static BigDecimal number(JsonNode row, String field) {
        JsonNode value = row.path(field);
        return value.isNull() ? BigDecimal.ZERO : new BigDecimal(value.asString());
    }

    private static boolean inMonth(SampleSession session) {
        return YearMonth.from(session.date().atOffset(ZoneOffset.UTC)).equals(RecordedSample.MONTH);
    }
}
