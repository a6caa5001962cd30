package dev.billingexport.report;

import static dev.billingexport.report.Column.count;
import static dev.billingexport.report.Column.day;
import static dev.billingexport.report.Column.decimal;
import static dev.billingexport.report.Column.integer;
import static dev.billingexport.report.Column.text;
import static dev.billingexport.report.Column.time;

import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Problem;
import dev.billingexport.session.Recording;
import dev.billingexport.session.Session;
import dev.billingexport.session.SessionCallDetail;
import dev.billingexport.session.SessionRecording;
import dev.billingexport.session.SessionUsage;
import dev.billingexport.session.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The tables of a report, with the columns that the README promises. Each is its own columns and those of its parts. */
final class Tables {

    /** The seven figures, in the order in which every table and the Summary sheet show them. */
    static final List<Column<Usage>> FIGURES = List.of(
            count("sessions", "Sessions", Usage::sessions),
            decimal("session_minutes", "Session minutes", Usage::sessionMinutes),
            count("call_details", "Call details", Usage::callDetails),
            decimal("call_detail_minutes", "Call detail minutes", Usage::callDetailMinutes),
            count("recordings", "Recordings", Usage::recordings),
            integer("recorded_seconds", "Recorded seconds", 17, Usage::recordedSeconds),
            integer("recorded_bytes", "Recorded bytes", 24, Usage::recordedBytes));

    /** Of one session's seven: the others are the session itself and its duration. */
    private static final List<Column<Usage>> DETAIL_FIGURES = FIGURES.subList(2, FIGURES.size());

    private static final Column<Session> SESSION_ID = text("session_id", "Session ID", 30, Session::sessionId);
    private static final Column<Session> USER_ID = text("user_id", "User ID", 30, Session::userId);
    private static final Column<Session> APP_TYPE =
            text("app_type", "Application", 16, session -> session.appType().code());

    private static final List<Column<Session>> SESSION = List.of(
            SESSION_ID,
            text("meeting_id", "Meeting ID", 18, Session::meetingId),
            text("room_id", "Room ID", 30, Session::roomId),
            USER_ID,
            text("user_name", "User name", 30, Session::userName),
            time("trans_date", "Session date", Session::transDate),
            time("connect_dt", "Connected", Session::connectDt),
            time("disconnect_dt", "Disconnected", Session::disconnectDt),
            decimal("duration", "Duration (minutes)", Session::duration),
            APP_TYPE);

    private static final List<Column<CallDetail>> CALL_DETAIL = List.of(
            text("call_num", "Call number", 18, CallDetail::callNum),
            text("call_log_id", "Call log ID", 30, CallDetail::callLogId),
            time("connect_dt", "Connected", CallDetail::connectDt),
            time("disconnect_dt", "Disconnected", CallDetail::disconnectDt),
            decimal("duration", "Duration (minutes)", CallDetail::duration),
            text("user_ref", "User reference", 24, CallDetail::userRef),
            text("name", "Name", 30, CallDetail::name),
            text("role", "Role", 15, CallDetail::role),
            text("ip", "IP address", 32, CallDetail::ip),
            text("agent", "User agent", 50, CallDetail::agent));

    private static final List<Column<Recording>> RECORDING = List.of(
            text("file", "File", 75, Recording::file),
            integer("play_time", "Play time (seconds)", 17, Recording::playTime),
            integer("stage", "Stage", 12, Recording::stage),
            time("start_time", "Started", Recording::startTime),
            time("end_time", "Ended", Recording::endTime),
            integer("file_size", "File size (bytes)", 24, Recording::fileSize));

    private static final List<Column<UserUsage>> USER = List.of(
            text("user_id", "User ID", 30, UserUsage::userId),
            text("user_name", "User name", 30, UserUsage::userName),
            text("app_type", "Application", 16, user -> user.appType().code()));

    private static final List<Column<DayUsage>> DAY = List.of(
            day("day", "Day", DayUsage::day),
            text("app_type", "Application", 16, day -> day.appType().code()));

    private static final List<Column<Problem>> PROBLEM = List.of(
            text("session_id", "Session ID", 30, Problem::sessionId),
            time("trans_date", "Session date", Problem::transDate),
            text("part", "Missing part", 18, problem -> problem.part().code()),
            text("cause", "Cause", 90, Problem::cause),
            count("attempts", "Attempts", Problem::attempts));

    private Tables() {}

    /** Every table, in the order of the workbook's sheets. */
    static List<Table<?>> of(ReportData data, Supplier<UsageSummary> summary) {
        return List.of(
                users(() -> summary.get().users()),
                days(() -> summary.get().days()),
                sessions(data::sessions),
                callDetails(data::callDetails),
                recordings(data::recordings),
                problems(data::problems));
    }

    static Table<UserUsage> users(Supplier<Stream<UserUsage>> rows) {
        return new Table<>("users", "Users", false, join(USER, part(FIGURES, UserUsage::usage)), rows);
    }

    static Table<DayUsage> days(Supplier<Stream<DayUsage>> rows) {
        return new Table<>("days", "Days", false, join(DAY, part(FIGURES, DayUsage::usage)), rows);
    }

    static Table<SessionUsage> sessions(Supplier<Stream<SessionUsage>> rows) {
        return new Table<>(
                "sessions",
                "Sessions",
                false,
                join(part(SESSION, SessionUsage::session), part(DETAIL_FIGURES, SessionUsage::usage)),
                rows);
    }

    static Table<SessionCallDetail> callDetails(Supplier<Stream<SessionCallDetail>> rows) {
        return new Table<>(
                "call-details",
                "Call details",
                false,
                withinSession(part(CALL_DETAIL, SessionCallDetail::callDetail), SessionCallDetail::session),
                rows);
    }

    static Table<SessionRecording> recordings(Supplier<Stream<SessionRecording>> rows) {
        return new Table<>(
                "recordings",
                "Recordings",
                false,
                withinSession(part(RECORDING, SessionRecording::recording), SessionRecording::session),
                rows);
    }

    static Table<Problem> problems(Supplier<Stream<Problem>> rows) {
        return new Table<>("problems", "Problems", true, PROBLEM, rows);
    }

    /** A session's details with what says whose they are. */
    private static <T> List<Column<T>> withinSession(List<Column<T>> details, Function<T, Session> session) {
        return join(part(List.of(SESSION_ID), session), join(details, part(List.of(USER_ID, APP_TYPE), session)));
    }

    private static <T, P> List<Column<T>> part(List<Column<P>> columns, Function<T, P> part) {
        return columns.stream().map(column -> column.of(part)).toList();
    }

    private static <T> List<Column<T>> join(List<Column<T>> left, List<Column<T>> right) {
        List<Column<T>> joined = new ArrayList<>(left);
        joined.addAll(right);
        return joined;
    }
}
