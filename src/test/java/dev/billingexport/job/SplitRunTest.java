package dev.billingexport.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.delivered.Verification;
import dev.billingexport.delivery.DeliveredRevision;
import dev.billingexport.delivery.DeliveryProperties;
import dev.billingexport.delivery.Manifest;
import dev.billingexport.run.Outcome;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.FakeApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** A run with a workbook for each user, some of whom are called what no file should be. */
class SplitRunTest {

    /** As JSON has them. */
    private static final List<String> USERS = List.of(
            "\"U-1\"",
            "\"..\"",
            "\"../../U-1\"",
            "\"a/b\\\\c\"",
            "\"=1+1\"",
            "\"two\\nlines\"",
            "\"\u2260\"",
            "\"lone \\ud83d\"",
            "\"lone \\udbff\"",
            "\"\\u0000\"",
            "\"\"",
            "null",
            "\"" + "x".repeat(40_000) + "1\"",
            "\"" + "x".repeat(40_000) + "2\"",
            "\"" + "王".repeat(300) + "\"");

    @TempDir
    Path home;

    @Test
    void hostileIdsAreDeliveredAndVerified() throws IOException {
        try (FakeApi api = FakeApi.start(0, Behaviour.DOCUMENTED, sessions());
                ExportProcess process = ExportProcess.start(
                        home, api, "export.report.formats=xlsx,csv", "export.report.split-by=user_id")) {
            Outcome outcome = process.launch(process.october(1));

            assertThat(outcome).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));
            List<String> split = process.current().orElseThrow().files().stream()
                    .map(Manifest.File::name)
                    .filter(name -> name.startsWith("by-user_id/"))
                    .toList();
            assertThat(split)
                    .hasSize(USERS.size() - 1)
                    .contains("by-user_id/U-1.xlsx", "by-user_id/%2E%2E.xlsx", "by-user_id/%none.xlsx");
            assertThat(home.resolve("out/billing/2026-10/r1/by-user_id"))
                    .isDirectoryContaining(file -> file.endsWith("a%2Fb%5Cc.xlsx"));
        }
        try (DeliveredRevision revision = DeliveredRevision.find(delivery()).orElseThrow()) {
            assertThat(Verification.of(revision).differences()).isEmpty();
        }
    }

    private DeliveryProperties delivery() {
        String location = home.resolve("out/billing/2026-10").toString();
        return new Binder(new MapConfigurationPropertySource(Map.of("export.delivery.location", location)))
                .bind("export.delivery", DeliveryProperties.class)
                .get();
    }

    private static List<SampleSession> sessions() {
        List<SampleSession> sessions = new ArrayList<>();
        for (String user : USERS) {
            for (int day = 1; day <= 2; day++) {
                sessions.add(SampleSession.parse("""
                        {"session": {"session_id": "s-%d", "room_id": "r", "user_id": %s, "user_name": "Name",
                            "trans_date": "2026-10-0%dT08:00:00.000Z", "connect_dt": "2026-10-0%dT08:00:00.000Z",
                            "disconnect_dt": "2026-10-0%dT09:00:00.000Z", "duration": 60, "app_type": "vc"},
                         "cdr": [{"call_num": "1", "connect_dt": "2026-10-0%dT08:00:00.000Z",
                            "disconnect_dt": "2026-10-0%dT09:00:00.000Z", "duration": 60.5}], "recordings": []}
                        """.formatted(sessions.size(), user, day, day, day, day, day)));
            }
        }
        return sessions;
    }
}
