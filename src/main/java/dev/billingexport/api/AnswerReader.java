package dev.billingexport.api;

import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Recording;
import dev.billingexport.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Makes records of the rows of an answer. Thread-safe. */
record AnswerReader(Redaction redaction) {

    /** One page of a listing. What can't be read of it costs the others nothing. */
    SessionPage sessions(JsonNode answer, AppType asked) {
        List<Session> sessions = new ArrayList<>();
        List<SessionPage.Flawed> flawed = new ArrayList<>();
        for (Row row : Row.of(answer, "sessions")) {
            try {
                sessions.add(session(row, asked));
            } catch (Failure failure) {
                String flaw = redaction.clean(Route.SESSIONS + ": " + failure.getMessage());
                flawed.add(new SessionPage.Flawed(row.nameOfSession(), row.readableInstant("trans_date"), flaw));
            }
        }
        return new SessionPage(sessions, flawed);
    }

    /** @throws Failure where one of them can't be read, or they are those of another session */
    List<CallDetail> callDetails(JsonNode answer, String sessionId) {
        return details(answer, sessionId, "cdr", AnswerReader::callDetail);
    }

    /** @throws Failure where one of them can't be read, or they are those of another session */
    List<Recording> recordings(JsonNode answer, String sessionId) {
        return details(answer, sessionId, "recordings", AnswerReader::recording);
    }

    /** A cache that mixes answers up would bill one customer for another: where an answer names its session, it counts. */
    private static <T> List<T> details(JsonNode answer, String sessionId, String list, Function<Row, T> reader) {
        String answered = new Row(answer.path("session"), "session").text("session_id");
        if (answered != null && !answered.equals(sessionId)) {
            throw Failure.malformed("it is that of session " + answered);
        }
        return Row.of(answer, list).stream().map(reader).toList();
    }

    private static Session session(Row row, AppType asked) {
        return new Session(
                row.sessionId(),
                row.text("meeting_id"),
                row.text("room_id"),
                row.text("user_id"),
                row.text("user_name"),
                row.instant("trans_date"),
                row.instant("connect_dt"),
                row.instant("disconnect_dt"),
                row.decimal("duration"),
                AppType.ofCode(Objects.requireNonNullElse(row.text("app_type"), ""))
                        .orElse(asked));
    }

    private static CallDetail callDetail(Row row) {
        return new CallDetail(
                row.text("call_num"),
                row.text("call_log_id", "log_id"),
                row.instant("connect_dt"),
                row.instant("disconnect_dt"),
                row.decimal("duration"),
                row.text("user_ref"),
                row.text("name"),
                row.text("role"),
                row.text("ip"),
                row.text("agent"));
    }

    private static Recording recording(Row row) {
        return new Recording(
                row.text("file"),
                row.decimal("play_time"),
                row.numberOrText("stage"),
                row.instant("start_time"),
                row.instant("end_time"),
                row.numberOrText("file_size"));
    }
}
