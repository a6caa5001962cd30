package dev.billingexport.ledger;

import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Recording;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * V7: a session's call details and recordings are written and read with it and never without, so they become a part of
 * its row. Rows of their own, with keys of their own, cost more than all else that the ledger did. Can be repeated after a
 * kill. In Java, for H2's JSON refuses half a surrogate pair, which people's names may end with.
 */
@Component
final class DetailsIntoSessions implements JavaMigration {

    private static final int BATCH = 500;

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("7");
    }

    @Override
    public String getDescription() {
        return "details with their session";
    }

    @Override
    public @Nullable Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        try (Statement statement = connection.createStatement()) {
            for (String column : List.of("call_detail_rows", "recording_rows")) {
                statement.execute(
                        "ALTER TABLE session ADD COLUMN IF NOT EXISTS " + column + " VARCHAR DEFAULT '[]' NOT NULL");
            }
        }
        move(connection, "call_detail", "call_detail_rows", DetailsIntoSessions::callDetail, DetailRows::ofCallDetails);
        move(connection, "recording", "recording_rows", DetailsIntoSessions::recording, DetailRows::ofRecordings);
    }

    private static <T> void move(
            Connection connection,
            String table,
            String column,
            SessionPages.RowReader<T> reader,
            Function<List<T>, String> rows)
            throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row =
                        select.executeQuery("SELECT * FROM " + table + " ORDER BY run_id, session_id, ordinal");
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE session SET " + column + " = ? WHERE run_id = ? AND session_id = ?")) {
            List<T> details = new ArrayList<>();
            int waiting = 0;
            boolean more = row.next();
            while (more) {
                long run = row.getLong("run_id");
                String session = row.getString("session_id");
                details.add(reader.read(row));
                more = row.next();
                if (!more
                        || row.getLong("run_id") != run
                        || !row.getString("session_id").equals(session)) {
                    update.setString(1, rows.apply(details));
                    update.setLong(2, run);
                    update.setString(3, session);
                    update.addBatch();
                    details.clear();
                    waiting++;
                }
                if (waiting == BATCH || !more) {
                    update.executeBatch();
                    waiting = 0;
                }
            }
        }
    }

    private static CallDetail callDetail(ResultSet row) throws SQLException {
        return new CallDetail(
                row.getString("call_num"),
                row.getString("call_log_id"),
                Rows.instant(row, "connect_dt"),
                Rows.instant(row, "disconnect_dt"),
                Rows.decimal(row, "duration"),
                row.getString("user_ref"),
                row.getString("name"),
                row.getString("role"),
                row.getString("ip"),
                row.getString("agent"));
    }

    private static Recording recording(ResultSet row) throws SQLException {
        return new Recording(
                row.getString("file"),
                Rows.decimal(row, "play_time"),
                Rows.decimal(row, "stage"),
                Rows.instant(row, "start_time"),
                Rows.instant(row, "end_time"),
                Rows.decimal(row, "file_size"));
    }
}
