package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.sample.RecordedSample;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much a run says. */
class VerbosityTest {

    @TempDir
    private Path folder;

    @Test
    void quietSaysTheResultAlone() {
        Terminal.Screen screen = new Terminal(folder).type("--quiet", "run", "--sample", "--format=csv");

        assertThat(screen.exitCode()).as("%s", screen).isZero();
        assertThat(screen.out()).singleElement().asString().startsWith("Delivered 40 sessions to ");
        assertThat(screen.err()).isEmpty();
    }

    @Test
    void verboseTellsEachRequestThatIsTriedAgain() {
        Behaviour faulty =
                Behaviour.DOCUMENTED.with().fault(Fault.ERROR_500, 0.3).seed(1).build();
        try (FakeApi api = FakeApi.start(0, faulty, RecordedSample.sessions())) {
            Terminal terminal = new Terminal(folder).connect(api);

            Terminal.Screen screen =
                    terminal.type("run", "--from=2026-10-09", "--to=2026-10-10", "--format=csv", "--verbose");

            assertThat(screen.exitCode()).as("%s", screen).isZero();
            assertThat(screen.err())
                    .anyMatch(line -> line.matches(
                            "\\d\\d:\\d\\d:\\d\\d GET /sessions.*HTTP 500.*; attempt 1 of 6, the next in .*"));
        }
    }
}
