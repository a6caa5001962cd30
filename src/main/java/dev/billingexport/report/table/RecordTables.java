package dev.billingexport.report.table;

import static dev.billingexport.report.table.Column.appType;
import static dev.billingexport.report.table.Column.count;
import static dev.billingexport.report.table.Column.decimal;
import static dev.billingexport.report.table.Column.figure;
import static dev.billingexport.report.table.Column.integer;
import static dev.billingexport.report.table.Column.join;
import static dev.billingexport.report.table.Column.part;
import static dev.billingexport.report.table.Column.session;
import static dev.billingexport.report.table.Column.text;
import static dev.billingexport.report.table.Column.time;
import static dev.billingexport.report.table.Column.word;

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
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** The tables of what the API recorded, and of what could not be collected. */
final class RecordTables {

    /** The figures of one session without the first two, which are the session itself and its duration. */
    private static final List<Column<Usage>> DETAIL_FIGURES =
            UsageTables.FIGURES.subList(2, UsageTables.FIGURES.size());

    private static final Column<Session> SESSION_ID = text("session_id", 30, Session::sessionId);

    private static final Column<Session> USER_ID = text("user_id", 30, Session::userId);

    private static final Column<Session> APP_TYPE = appType(Session::appType);

    private static final List<Column<Session>> SESSION = List.of(
            SESSION_ID,
            text("meeting_id", 18, Session::meetingId),
            text("room_id", 30, Session::roomId),
            USER_ID,
            text("user_name", 30, Session::userName),
            time("trans_date", Session::transDate),
            time("connect_dt", Session::connectDt),
            time("disconnect_dt", Session::disconnectDt),
            decimal("duration", Session::duration),
            APP_TYPE);

    private static final List<Column<CallDetail>> CALL_DETAIL = List.of(
            text("call_num", 18, CallDetail::callNum),
            text("call_log_id", 30, CallDetail::callLogId),
            time("connect_dt", CallDetail::connectDt),
            time("disconnect_dt", CallDetail::disconnectDt),
            decimal("duration", CallDetail::duration),
            text("user_ref", 24, CallDetail::userRef),
            text("name", 30, CallDetail::name),
            text("role", 15, CallDetail::role),
            text("ip", 32, CallDetail::ip),
            text("agent", 50, CallDetail::agent));

    private static final List<Column<Recording>> RECORDING = List.of(
            text("file", 75, Recording::file),
            integer("play_time", 17, Recording::playTime),
            figure("stage", 12, Recording::stage),
            time("start_time", Recording::startTime),
            time("end_time", Recording::endTime),
            figure("file_size", 24, Recording::fileSize));

    private static final List<Column<Problem>> PROBLEM = List.of(
            text("session_id", 30, Problem::sessionId),
            time("trans_date", Problem::transDate),
            word("part", 18, "part", problem -> problem.part().code()),
            text("cause", 90, Problem::cause),
            count("attempts", Problem::attempts));

    private RecordTables() {}

    static Table<SessionUsage> sessions(Supplier<Stream<SessionUsage>> rows) {
        return new Table<>(
                TableNames.SESSIONS,
                join(part(SESSION, SessionUsage::session), part(DETAIL_FIGURES, SessionUsage::usage)),
                rows);
    }

    static Table<SessionCallDetail> callDetails(Supplier<Stream<SessionCallDetail>> rows) {
        return new Table<>(
                TableNames.CALL_DETAILS,
                withinSession(
                        part(CALL_DETAIL, SessionCallDetail::callDetail),
                        SessionCallDetail::session,
                        SessionCallDetail::number),
                rows);
    }

    static Table<SessionRecording> recordings(Supplier<Stream<SessionRecording>> rows) {
        return new Table<>(
                TableNames.RECORDINGS,
                withinSession(
                        part(RECORDING, SessionRecording::recording),
                        SessionRecording::session,
                        SessionRecording::number),
                rows);
    }

    /** Adds to columns of details those that identify the session. */
    private static <T> List<Column<T>> withinSession(
            List<Column<T>> details, Function<T, Session> session, ToLongFunction<T> number) {
        List<Column<T>> columns = new ArrayList<>();
        columns.add(session("session_id", 30, session, number));
        columns.addAll(join(details, part(List.of(USER_ID, APP_TYPE), session)));
        return columns;
    }

    static Table<Problem> problems(Supplier<Stream<Problem>> rows) {
        return new Table<>(TableNames.PROBLEMS, PROBLEM, rows);
    }
}
