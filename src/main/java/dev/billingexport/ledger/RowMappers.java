package dev.billingexport.ledger;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Problem;
import dev.billingexport.session.Session;
import dev.billingexport.session.SessionDetails;
import dev.billingexport.session.SessionUsage;
import dev.billingexport.session.Usage;
import dev.billingexport.session.Window;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Converts rows of the tables to records and the other way round. */
final class RowMappers {

    private RowMappers() {}

    static Session session(ResultSet row) throws SQLException {
        return new Session(
                row.getString("session_id"),
                row.getString("meeting_id"),
                row.getString("room_id"),
                row.getString("user_id"),
                row.getString("user_name"),
                instant(row, "trans_date"),
                instant(row, "connect_dt"),
                instant(row, "disconnect_dt"),
                decimal(row, "duration"),
                AppType.ofCode(row.getString("app_type")).orElseThrow());
    }

    static Window window(ResultSet row) throws SQLException {
        return new Window(
                AppType.ofCode(row.getString("app_type")).orElseThrow(),
                row.getObject("start_at", OffsetDateTime.class).toInstant(),
                row.getObject("end_at", OffsetDateTime.class).toInstant());
    }

    static KnownSession knownSession(ResultSet row) throws SQLException {
        return new KnownSession(session(row), row.getBoolean("complete"), row.getInt("changes"));
    }

    static SessionUsage sessionUsage(ResultSet row) throws SQLException {
        Session session = session(row);
        BigDecimal minutes = session.duration();
        Usage usage = new Usage(
                1,
                minutes == null ? BigDecimal.ZERO : minutes,
                row.getLong("call_details"),
                new BigDecimal(row.getString("call_detail_minutes")),
                row.getLong("recordings"),
                new BigDecimal(row.getString("recorded_seconds")),
                new BigDecimal(row.getString("recorded_bytes")));
        return new SessionUsage(session, usage);
    }

    static SessionDetails sessionDetails(ResultSet row, long number) throws SQLException {
        SessionUsage usage = sessionUsage(row);
        return new SessionDetails(
                number,
                usage.session(),
                usage.usage(),
                DetailRows.callDetails(row.getString("call_detail_rows")),
                DetailRows.recordings(row.getString("recording_rows")),
                row.getBoolean("call_details_fetched"));
    }

    static Problem problem(ResultSet row) throws SQLException {
        String part = row.getString("part");
        return new Problem(
                row.getString("session_id"),
                instant(row, "trans_date"),
                Arrays.stream(Problem.Part.values())
                        .filter(known -> known.code().equals(part))
                        .findFirst()
                        .orElseThrow(),
                row.getString("cause"),
                row.getInt("attempts"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : at(instant);
    }

    /**
     * Keeps the number's scale, so that it is equal when read back. Otherwise an unchanged session would look changed.
     */
    static @Nullable String text(@Nullable BigDecimal number) {
        return number == null ? null : number.toString();
    }

    static @Nullable BigDecimal decimal(ResultSet row, String column) throws SQLException {
        String value = row.getString(column);
        return value == null ? null : new BigDecimal(value);
    }
}
