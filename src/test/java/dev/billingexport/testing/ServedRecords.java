package dev.billingexport.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.ledger.LedgerContents;
import dev.billingexport.ledger.Run;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.NumberOrText;
import dev.billingexport.session.Period;
import dev.billingexport.session.Recording;
import dev.billingexport.session.Session;
import dev.billingexport.session.SessionDetails;
import dev.billingexport.session.SessionUsage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a ledger must hold: the records of one period, read from the JSON that the API serves, and their sums. */
public final class ServedRecords {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    public final List<Session> sessions = new ArrayList<>();
    public final List<Of<CallDetail>> callDetails = new ArrayList<>();
    public final List<Of<Recording>> recordings = new ArrayList<>();

    /** A detail with the id of its session. */
    public record Of<T>(String sessionId, T detail) {}

    public ServedRecords(Collection<? extends SampleSession> served, Period period) {
        for (SampleSession sample : served) {
            if (sample.date().isBefore(period.start()) || !sample.date().isBefore(period.end())) {
                continue;
            }
            sessions.add(session(JSON.readTree(sample.session())));
            for (JsonNode row : JSON.readTree(sample.callDetails())) {
                callDetails.add(new Of<>(sample.sessionId(), callDetail(row)));
            }
            for (JsonNode row : JSON.readTree(sample.recordings())) {
                recordings.add(new Of<>(sample.sessionId(), recording(row)));
            }
        }
    }

    public List<String> sessionIds() {
        return sessions.stream().map(Session::sessionId).toList();
    }

    public BigDecimal sessionMinutes() {
        return sum(sessions.stream().map(Session::duration).toList());
    }

    public BigDecimal callDetailMinutes() {
        return sum(callDetails.stream().map(of -> of.detail().duration()).toList());
    }

    public BigDecimal recordedSeconds() {
        return sum(recordings.stream().map(of -> of.detail().playTime()).toList());
    }

    public BigDecimal recordedBytes() {
        return sum(recordings.stream().map(of -> of.detail().bytes()).toList());
    }

    /** Every session, call detail and recording is there as it was served, exactly once, and nothing else. */
    public void assertIsIn(LedgerContents contents, Run run) {
        assertThat(contents.sessions(run).map(SessionUsage::session)).containsExactlyInAnyOrderElementsOf(sessions);
        assertThat(contents.details(run)
                        .flatMap(SessionDetails::callDetailRows)
                        .map(row -> new Of<>(row.session().sessionId(), row.callDetail())))
                .containsExactlyInAnyOrderElementsOf(callDetails);
        assertThat(contents.details(run)
                        .flatMap(SessionDetails::recordingRows)
                        .map(row -> new Of<>(row.session().sessionId(), row.recording())))
                .containsExactlyInAnyOrderElementsOf(recordings);
    }

    private static Session session(JsonNode row) {
        return new Session(
                text(row, "session_id"),
                text(row, "meeting_id"),
                text(row, "room_id"),
                text(row, "user_id"),
                text(row, "user_name"),
                instant(row, "trans_date"),
                instant(row, "connect_dt"),
                instant(row, "disconnect_dt"),
                number(row, "duration"),
                AppType.ofCode(text(row, "app_type")).orElseThrow());
    }

    private static CallDetail callDetail(JsonNode row) {
        return new CallDetail(
                text(row, "call_num"),
                text(row, "call_log_id"),
                instant(row, "connect_dt"),
                instant(row, "disconnect_dt"),
                number(row, "duration"),
                text(row, "user_ref"),
                text(row, "name"),
                text(row, "role"),
                text(row, "ip"),
                text(row, "agent"));
    }

    private static Recording recording(JsonNode row) {
        return new Recording(
                text(row, "file"),
                number(row, "play_time"),
                figure(row, "stage"),
                instant(row, "start_time"),
                instant(row, "end_time"),
                figure(row, "file_size"));
    }

    private static String text(JsonNode row, String field) {
        return row.hasNonNull(field) ? row.get(field).asString() : null;
    }

    private static BigDecimal number(JsonNode row, String field) {
        return row.hasNonNull(field) ? new BigDecimal(row.get(field).asString()) : null;
    }

    private static NumberOrText figure(JsonNode row, String field) {
        BigDecimal number = number(row, field);
        return number == null ? null : NumberOrText.of(number);
    }

    private static Instant instant(JsonNode row, String field) {
        String text = text(row, field);
        if (text == null) {
            return null;
        }
        return text.contains("-") ? Instant.parse(text) : Instant.ofEpochSecond(Long.parseLong(text));
    }

    private static BigDecimal sum(List<BigDecimal> values) {
        return values.stream().filter(value -> value != null).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
