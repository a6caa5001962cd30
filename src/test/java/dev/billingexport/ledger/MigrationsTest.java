package dev.billingexport.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Recording;
import dev.billingexport.session.SessionCallDetail;
import dev.billingexport.session.SessionDetails;
import dev.billingexport.session.SessionRecording;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an earlier version collected is there after an upgrade, to the last digit and in its order. */
class MigrationsTest {

    @TempDir
    Path folder;

    @Test
    void detailsMoveIntoTheirSessionsRows() throws SQLException {
        flyway("6").migrate();
        try (Connection database = DriverManager.getConnection(url(), "sa", "");
                Statement sql = database.createStatement()) {
            sql.execute("INSERT INTO run VALUES (1, 'billing', DATE '2026-10-01', DATE '2026-11-01', 'Z', 's', 1, '',"
                    + " TIMESTAMP WITH TIME ZONE '2026-11-02 04:30:00Z', NULL, NULL, NULL)");
            for (String id : List.of("a", "b", "none")) {
                sql.execute(
                        "INSERT INTO session (run_id, session_id, app_type, session_date, duration, complete, call_details,"
                                + " call_detail_minutes, recordings, recorded_seconds, recorded_bytes) VALUES (1, '"
                                + id
                                + "', 'vc', TIMESTAMP WITH TIME ZONE '2026-10-05 12:00:00Z', '12.50', TRUE, "
                                + (id.equals("none") ? "0, '0', 0, '0', '0')" : "2, '12.50', 1, '1', '1')"));
            }
            sql.execute("""
                    INSERT INTO call_detail VALUES
                    (1, 'a', 2, '2', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
                    (1, 'a', 0, '1', 'L-1', TIMESTAMP WITH TIME ZONE '2026-10-05 14:00:00.120+02',
                     TIMESTAMP WITH TIME ZONE '1969-12-31 23:59:59.999Z', '12.50', 'U-1', '"Ana" \\ 王', 'moderator', '::1', '🎧'),
                    (1, 'b', 0, '3', NULL, NULL, NULL, '1E+50', NULL, NULL, NULL, NULL, NULL),
                    (1, 'b', 1, '4', NULL, NULL, NULL, '-0.0', NULL, NULL, NULL, NULL, NULL)
                    """);
            // Half of a surrogate pair, as somebody's name that was cut.
            sql.execute(
                    "INSERT INTO call_detail (run_id, session_id, ordinal, name) VALUES (1, 'a', 1, U&'Cut \\d83d')");
            sql.execute("INSERT INTO recording VALUES (1, 'a', 0, 'x', '600', '1',"
                    + " TIMESTAMP WITH TIME ZONE '0000-01-01 00:00:00Z', NULL, '9007199254740993'),"
                    + " (1, 'b', 0, NULL, NULL, NULL, NULL, NULL, NULL)");
        }

        try (LedgerDatabase database = LedgerDatabase.open(folder)) {
            Run run = database.runs().all().get(0);
            assertThat(database.contents()
                            .details(run)
                            .flatMap(SessionDetails::callDetailRows)
                            .map(SessionCallDetail::callDetail))
                    .containsExactly(
                            new CallDetail(
                                    "1",
                                    "L-1",
                                    Instant.parse("2026-10-05T12:00:00.120Z"),
                                    Instant.parse("1969-12-31T23:59:59.999Z"),
                                    new BigDecimal("12.50"),
                                    "U-1",
                                    "\"Ana\" \\ 王",
                                    "moderator",
                                    "::1",
                                    "🎧"),
                            new CallDetail(null, null, null, null, null, null, "Cut \ud83d", null, null, null),
                            callDetail("2", null),
                            callDetail("3", new BigDecimal("1E+50")),
                            callDetail("4", new BigDecimal("-0.0")));
            assertThat(database.contents()
                            .details(run)
                            .flatMap(SessionDetails::recordingRows)
                            .map(SessionRecording::recording))
                    .containsExactly(
                            new Recording(
                                    "x",
                                    new BigDecimal("600"),
                                    new BigDecimal("1"),
                                    Instant.parse("0000-01-01T00:00:00Z"),
                                    null,
                                    new BigDecimal("9007199254740993")),
                            new Recording(null, null, null, null, null, null));
            assertThat(database.contents().sessionCount(run)).isEqualTo(3);
        }
    }

    /** As when the disk was full; Flyway alone would refuse the database from then on. */
    @Test
    void oneThatFailedIsRepeated() throws IOException, SQLException {
        flyway("6").migrate();
        try (Connection database = DriverManager.getConnection(url(), "sa", "");
                Statement sql = database.createStatement()) {
            sql.execute(
                    "INSERT INTO \"flyway_schema_history\" VALUES (7, '7', 'details with their session', 'JDBC', 'x',"
                            + " NULL, 'sa', CURRENT_TIMESTAMP, 1, FALSE)");
        }
        Flyway latest = flyway("latest");
        try (DataDirectory directory = DataDirectory.acquire(folder, Clock.systemUTC())) {
            new Migrations(directory).migrate(latest);
        }

        assertThat(latest.info().pending()).isEmpty();
        latest.validate();
    }

    private String url() {
        return DataDirectory.url(folder);
    }

    private Flyway flyway(String target) {
        return Migrations.configuration()
                .dataSource(url(), "sa", "")
                .target(target)
                .load();
    }

    private static CallDetail callDetail(String number, BigDecimal minutes) {
        return new CallDetail(number, null, null, null, minutes, null, null, null, null, null);
    }
}
