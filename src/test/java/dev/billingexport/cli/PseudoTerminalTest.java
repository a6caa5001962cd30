package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.BillingExport;
import dev.billingexport.sample.RecordedSample;
import dev.billingexport.sample.Route;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.BillingProcess;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.Fault;
import dev.billingexport.testing.PseudoTerminal;
import dev.billingexport.testing.SecondJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees on a real terminal, and what Ctrl-C does there. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its terminals have no signals")
class PseudoTerminalTest {

    @TempDir
    private Path folder;

    private FakeApi api;

    @BeforeEach
    void startApi() {
        api = FakeApi.start(0, slow(), RecordedSample.sessions());
    }

    @AfterEach
    void closeApi() {
        api.close();
    }

    @Test
    void theResultIsTheLastLineOnANarrowTerminal() {
        try (PseudoTerminal terminal = type(40, "run", "--month=2026-10")) {
            assertThat(terminal.exitCode()).as(terminal.written()).isZero();
            assertThat(terminal.written()).containsPattern("collect +\\d+% \\[.*] [ \\d]+/\\d+ windows");
            List<String> screen = terminal.screen();
            assertThat(screen).noneMatch(line -> line.contains("%") || line.contains("windows"));
            assertThat(String.join("", screen)).contains("Run 1: revision 1.Delivered 40 sessions to file:");
            assertThat(screen).last().isEqualTo("");
        }
    }

    /** The first while the API is down, two more for the impatient; then output that is piped. */
    @Test
    void ctrlCStopsTheRunAndSaysHowToGoOn() throws IOException {
        api.behave(slow().with().fault(Fault.UNAVAILABLE_503, 1).build());
        try (PseudoTerminal terminal = type(80, "run", "--month=2026-10")) {
            terminal.await("tells", written -> written.contains("API down since "));
            terminal.interrupt();
            terminal.await("tells", written -> written.contains("Stopping: "));
            terminal.interrupt();
            terminal.interrupt();

            assertThat(terminal.exitCode()).as(terminal.written()).isEqualTo(ExitCode.STOPPED);
            assertThat(terminal.screen())
                    .contains("Stopped on request. What was collected is kept.")
                    .endsWith("To resume: billing-export resume 1", "");
        }
        api.behave(slow());
        List<String> command = SecondJvm.main(BillingExport.class, "resume");
        String piped = command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" ")) + " > out.txt";
        try (PseudoTerminal terminal = start(List.of("sh", "-c", piped), 200)) {
            terminal.await("counts", written -> written.contains(" windows"));

            assertThat(terminal.exitCode()).as(terminal.written()).isZero();
            assertThat(String.join("", terminal.screen()))
                    .as(terminal.written())
                    .isEmpty();
            assertThat(Files.readAllLines(folder.resolve("out.txt")))
                    .last()
                    .asString()
                    .startsWith("Delivered 40 sessions to file:");
        }
    }

    @Test
    void aTerminalThatIsClosedStopsTheRun() {
        try (PseudoTerminal terminal = type(80, "run", "--month=2026-10")) {
            terminal.await("collects", written -> api.counters().requests(Route.CDR) > 0);
            terminal.hangUp();

            assertThat(terminal.exitCode()).as(terminal.written()).isEqualTo(ExitCode.STOPPED);
        }
        assertThat(new Terminal(folder).connect(api).type("runs").out().get(1)).contains(" stopped ");
    }

    @Test
    void aTerminalThatCanEraseNothingGetsPlainLines() {
        try (PseudoTerminal terminal = PseudoTerminal.type(folder, with("TERM=dumb"), 80, "run", "--month=2026-10")) {
            assertThat(terminal.exitCode()).as(terminal.written()).isZero();
            assertThat(terminal.written()).doesNotContain("\u001b", "%");
            assertThat(terminal.screen()).noneMatch(line -> line.contains("\r"));
        }
    }

    private PseudoTerminal type(int columns, String... arguments) {
        return PseudoTerminal.type(folder, with(), columns, arguments);
    }

    private PseudoTerminal start(List<String> command, int columns) {
        return PseudoTerminal.start(command, folder, with(), columns);
    }

    private Map<String, String> with(String... more) {
        Map<String, String> environment = BillingProcess.connect(api, more);
        environment.put("EXPORT_REPORT_FORMATS", "csv");
        environment.put("EXPORT_SOURCE_WINDOW", "10d");
        return environment;
    }

    private static Behaviour slow() {
        return Behaviour.DOCUMENTED.with().latency(Duration.ofMillis(100)).build();
    }
}
