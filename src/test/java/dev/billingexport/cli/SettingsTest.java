package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.sample.RecordedSample;
import dev.billingexport.sample.SampleAccount;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.BillingProcess;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.FolderContents;
import dev.billingexport.testing.ProgressLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of a real process: the command line wins over the environment, the environment over the job file. */
class SettingsTest {

    @TempDir
    private Path folder;

    @Test
    void comeFromJobFileEnvironmentMountedFilesAndCommandLine() throws IOException {
        try (FakeApi api = FakeApi.start(0, Behaviour.DOCUMENTED, RecordedSample.sessions())) {
            Path secrets = Files.createDirectory(folder.resolve("secrets"));
            Files.writeString(secrets.resolve("ENABLEX_APP_ID"), SampleAccount.APP_ID + "\n");
            Files.writeString(secrets.resolve("ENABLEX_APP_KEY"), SampleAccount.APP_KEY + "\n");
            Files.writeString(folder.resolve("statement.yml"), """
                    export:
                      time-zone: Asia/Tokyo
                      data-dir: of-the-job
                      source:
                        base-url: http://127.0.0.1:1/nobody
                        app-types: wb
                      delivery:
                        location: of-the-job
                    """);

            try (BillingProcess process = BillingProcess.start(
                    folder,
                    Map.of(
                            "SPRING_CONFIG_IMPORT", "configtree:secrets/",
                            "EXPORT_SOURCE_BASE_URL", api.baseUrl().toString(),
                            "EXPORT_TIME_ZONE", "Europe/Berlin",
                            "EXPORT_DATA_DIR", "of-the-environment",
                            "EXPORT_REPORT_FORMATS", "xlsx",
                            "EXPORT_DELIVERY_LOCATION", "of-the-environment-too"),
                    "run",
                    "statement.yml",
                    "--month=2026-10",
                    "--format=CSV",
                    "--output=of-the-command-line")) {
                assertThat(process.exitCode()).as(process.err()).isZero();
                assertThat(process.out())
                        .startsWith(
                                "statement, period 2026-10: 2026-10-01 to 2026-11-01 (exclusive), Europe/Berlin; wb");
                assertThat(ProgressLines.removed(process.err())).isEmpty();
            }
            assertThat(FolderContents.names(folder.resolve("of-the-command-line")))
                    .contains("statement/2026-10/r1/sessions.csv")
                    .noneMatch(name -> name.endsWith(".xlsx"));
            assertThat(folder.resolve("of-the-environment")).isNotEmptyDirectory();
            assertThat(folder.resolve("of-the-environment-too")).doesNotExist();
            assertThat(folder.resolve("of-the-job")).doesNotExist();

            // No secret is kept.
            assertThat(FolderContents.of(folder.resolve("of-the-environment")).values())
                    .noneMatch(content -> content.contains(SampleAccount.APP_KEY));
        }
    }
}
