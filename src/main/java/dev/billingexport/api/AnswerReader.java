package dev.billingexport.api;

import dev.billingexport.api.UnreadFields.Place;
import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Recording;
import dev.billingexport.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Turns the rows of an answer into records. Thread-safe. */
record AnswerReader(Redaction redaction, UnreadFields unread) {

    private static final Set<String> ANSWER = Set.of(
            "result",
            "search",
            "sessions",
            "session",
            "cdr",
            "recordings",
            "msg",
            "desc",
            "status",
            "message",
            "error_code",
            "request_id");

    private static final Set<String> SESSION = Set.of(
            "session_id",
            "meeting_id",
            "room_id",
            "user_id",
            "user_name",
            "trans_date",
            "connect_dt",
            "disconnect_dt",
            "duration",
            "app_type");

    private static final Set<String> CALL_DETAIL = Set.of(
            "call_num",
            "call_log_id",
            "log_id",
            "connect_dt",
            "disconnect_dt",
            "duration",
            "user_ref",
            "name",
            "role",
            "ip",
            "agent");

    private static final Set<String> RECORDING =
            Set.of("file", "play_time", "stage", "start_time", "end_time", "file_size");

    /** Reads one page of a listing. A row that can't be read is returned as flawed and doesn't affect the others. */
    SessionPage sessions(JsonNode answer, AppType asked) {
        List<Session> sessions = new ArrayList<>();
        List<SessionPage.Flawed> flawed = new ArrayList<>();
        unread.look(Place.LISTING, answer, ANSWER);
        for (Row row : Row.of(answer, "sessions")) {
            unread.look(Place.SESSION, row.json(), SESSION);
            try {
                sessions.add(session(row, asked));
            } catch (Failure failure) {
                String flaw = redaction.clean(Route.SESSIONS + ": " + failure.getMessage());
                flawed.add(new SessionPage.Flawed(row.nameOfSession(), row.readableInstant("trans_date"), flaw));
            }
        }
        return new SessionPage(sessions, flawed);
    }

    /** @throws Failure if a row can't be read or the answer belongs to another session */
    List<CallDetail> callDetails(JsonNode answer, String sessionId) {
        unread.look(Place.CALL_DETAILS, answer, ANSWER);
        return details(answer, sessionId, "cdr", this::callDetail);
    }

    /** @throws Failure if a row can't be read or the answer belongs to another session */
    List<Recording> recordings(JsonNode answer, String sessionId) {
        unread.look(Place.RECORDINGS, answer, ANSWER);
        return details(answer, sessionId, "recordings", this::recording);
    }

    /**
     * Checks the session id where the answer has one: a faulty cache could otherwise bill one customer for another's
     * calls.
     */
    private <T> List<T> details(JsonNode answer, String sessionId, String list, Function<Row, T> reader) {
        unread.look(Place.SESSION, answer.path("session"), SESSION);
        String answered = new Row(answer.path("session"), "session").text("session_id");
        if (answered != null && !answered.equals(sessionId)) {
            throw Failure.malformed("it belongs to session " + answered);
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

    private CallDetail callDetail(Row row) {
        unread.look(Place.CALL_DETAIL, row.json(), CALL_DETAIL);
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

    private Recording recording(Row row) {
        unread.look(Place.RECORDING, row.json(), RECORDING);
        return new Recording(
                row.text("file"),
                row.decimal("play_time"),
                row.numberOrText("stage"),
                row.instant("start_time"),
                row.instant("end_time"),
                row.numberOrText("file_size"));
    }
}
