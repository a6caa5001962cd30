package dev.billingexport.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.sample.RecordedSample;
import dev.billingexport.sample.Route;
import dev.billingexport.sample.SampleAccount;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.BillingProcess;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.Fault;
import dev.billingexport.testing.FolderContents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM and SIGHUP to a process that is at work, and a second process beside it. Ctrl-C needs a terminal. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no signals")
class StoppedExportTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String CREDENTIALS =
            Base64.getEncoder().encodeToString((SampleAccount.APP_ID + ":" + SampleAccount.APP_KEY).getBytes(UTF_8));

    @TempDir
    private Path folder;

    private FakeApi api;

    @BeforeEach
    void startApi() {
        api = FakeApi.start(0, Behaviour.DOCUMENTED, RecordedSample.sessions());
    }

    @AfterEach
    void closeApi() {
        api.close();
    }

    /** At work, and where requests hang and the signal comes twice; what goes on then delivers as if nothing had been. */
    @Test
    void stopsInTimeAndGoesOn() {
        Terminal terminal = new Terminal(folder.resolve("undisturbed")).connect(api);
        assertThat(terminal.set("export.report.formats", "csv")
                        .type("run", "--month=2026-10")
                        .exitCode())
                .isZero();
        api.behave(Behaviour.DOCUMENTED.with().latency(Duration.ofMillis(150)).build());

        stopAtWork("TERM", "run", "--month=2026-10");
        stopWhereRequestsHang("HUP", "resume");

        api.behave(Behaviour.DOCUMENTED);
        Terminal.Screen screen = archive("run", "--month=2026-10");
        assertThat(screen.exitCode()).as("%s", screen).isZero();
        assertThat(screen.out()).anyMatch(line -> line.contains("Resuming run 1, revision 1"));
        Map<String, String> files = new HashMap<>(FolderContents.of(folder.resolve("out")));
        Map<String, String> undisturbed = new HashMap<>(terminal.files("out"));
        assertThat(files.keySet()).isEqualTo(undisturbed.keySet());
        files.keySet().removeIf(name -> name.endsWith("manifest.json"));
        assertThat(undisturbed).containsAllEntriesOf(files);
    }

    private void stopAtWork(String signal, String... arguments) {
        api.counters().reset();
        try (BillingProcess process = start(arguments)) {
            process.await("collects", () -> api.counters().requests(Route.CDR) > 0);

            assertThatItStopsInTime(process, signal);
        }
        assertThat(archive("runs").out().get(1)).matches("1 +billing +2026-10 +r1 +stopped .*");
    }

    private void stopWhereRequestsHang(String signal, String... arguments) {
        api.behave(Behaviour.DOCUMENTED.with().fault(Fault.HANG, 1).build());
        api.counters().reset();
        try (BillingProcess process = start(arguments)) {
            process.await("asks", () -> api.counters().requests(Route.SESSIONS) > 0);
            process.await("tells", () -> report().contains("\"stage\" : \"collect\""));

            assertThat(archive("runs").out())
                    .anyMatch(line -> line.matches("1 +billing +2026-10 +r1 +running .*"))
                    .contains("Data directory: " + folder.resolve("data"))
                    .last()
                    .asString()
                    .startsWith("In use by: process " + process.pid() + " on ");
            assertThat(archive("show", "1").out())
                    .anyMatch(line -> line.matches(
                            "  progress  collect: \\d+ of \\d+ windows, .* process " + process.pid() + ", at 2.*Z"));
            assertThatItIsInUseBy(process, "resume");
            assertThatItIsInUseBy(process, "run", "--month=2026-10");

            process.signal(signal);
            assertThatItStopsInTime(process, signal);
        }
        assertThat(archive("runs").out().get(1)).contains(" stopped ");
        assertThat(archive("show", "1").out()).noneMatch(line -> line.contains("STARTED"));
    }

    @Test
    void aSignalThatComesBeforeAnythingIsBegunStopsAtOnce() {
        try (BillingProcess process = start("run", "--month=2026-10")) {
            process.await("begins", () -> Files.exists(folder.resolve("data")));
            process.signal("TERM");

            assertThat(process.exitCode()).as(process.err()).isEqualTo(ExitCode.STOPPED);
            assertThat(process.err()).startsWith("Stopped on request");
        }
        assertThat(folder.resolve("out/billing/2026-10/manifest.json")).doesNotExist();
        assertThat(archive("run", "--month=2026-10").exitCode()).isZero();
    }

    private static void assertThatItStopsInTime(BillingProcess process, String signal) {
        long before = System.nanoTime();
        process.signal(signal);

        assertThat(process.exitCode()).as(process.err()).isEqualTo(ExitCode.STOPPED);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(PATIENCE);
        assertThat(process.err().lines())
                .contains("Stopped on request. What was collected is kept.")
                .last()
                .isEqualTo("To resume: billing-export resume 1");
    }

    private void assertThatItIsInUseBy(BillingProcess process, String... arguments) {
        Terminal.Screen screen = archive(arguments);

        assertThat(screen.exitCode()).isEqualTo(ExitCode.IN_USE);
        assertThat(screen.err())
                .singleElement()
                .asString()
                .contains("is in use by process " + process.pid() + " on ", " since 20");
    }

    @Test
    void theSampleApiServesUntilItIsStopped() throws IOException, InterruptedException {
        try (BillingProcess process = start("sample-api", "--port=0")) {
            process.await("listens", () -> process.out().contains("EXPORT_SOURCE_BASE_URL="));
            String url = process.out().replaceFirst("(?s).*EXPORT_SOURCE_BASE_URL=(\\S+).*", "$1");
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(url + "/sessions/unknown/cdr"))
                                    .header("Authorization", "Basic " + CREDENTIALS)
                                    .header("Content-Type", "application/json")
                                    .header("X-App-Type", "vc")
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);

            process.signal("TERM");
            assertThat(process.exitCode()).as(process.err()).isZero();
        }
        assertThat(folder.resolve("data")).doesNotExist();
    }

    /** What the process says of itself. */
    private String report() {
        try {
            return Files.readString(folder.resolve("data/runs/1.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Terminal.Screen archive(String... arguments) {
        return new Terminal(folder)
                .connect(api)
                .set("export.report.formats", "csv")
                .type(arguments);
    }

    private BillingProcess start(String... arguments) {
        return BillingProcess.start(folder, BillingProcess.connect(api, "EXPORT_REPORT_FORMATS=csv"), arguments);
    }
}
