package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code purge}: asks first, forgets what is old, and leaves what was delivered. */
class PurgeCommandTest {

    @TempDir
    private Path folder;

    @Test
    void forgetsOldPeriodsOnceItIsTold() {
        Terminal terminal = new Terminal(folder);
        terminal.type("run", "--sample", "--from", "2026-10-01", "--to", "2026-10-08", "--format", "csv");
        terminal.type("run", "--sample", "--from", "2026-10-08", "--to", "2026-10-15", "--format", "csv");
        var delivered = terminal.files("out");

        Terminal.Screen refused = answering("n", terminal, "purge", "--before", "2026-10-08");
        assertThat(refused.exitCode()).isZero();
        assertThat(refused.out().get(0))
                .matches("Run 1: sample 2026-10-01_2026-10-08, revision 1, delivered, \\d+ sessions");
        assertThat(refused.out()).last().asString().endsWith("Nothing was deleted.");
        assertThat(listed(terminal, 1)).doesNotContain("purged");

        Terminal.Screen purged = answering("y", terminal, "purge", "--before", "2026-10-08");
        assertThat(purged.exitCode()).isZero();
        assertThat(listed(terminal, 1)).matches("1 .* delivered +purged +purged .*");
        assertThat(listed(terminal, 2)).doesNotContain("purged");
        assertThat(terminal.files("out")).isEqualTo(delivered);
        assertThat(terminal.type("run", "--sample", "--from", "2026-10-01", "--to", "2026-10-08")
                        .out()
                        .get(1))
                .startsWith("Already delivered");
        assertThat(terminal.type("purge", "--before", "2026-10-08", "--yes").out())
                .containsExactly("There are no collected periods that ended before 2026-10-08.");
    }

    @Test
    void giveTheSpaceBack() throws Exception {
        Terminal terminal = new Terminal(folder);
        terminal.type("run", "--sample", "--format", "csv");
        Path database = folder.resolve("data/sample/billing-export.mv.db");
        long before = Files.size(database);
        Path rendered = Files.createDirectories(folder.resolve("data/sample/work/run-1"));
        Files.writeString(rendered.resolve("sessions.csv"), "as a process that died left it");

        assertThat(terminal.type("purge", "--before", "2026-11-01", "--yes").exitCode())
                .isZero();

        assertThat(Files.size(database)).isLessThan(before);
        assertThat(rendered).doesNotExist();
        assertThat(folder.resolve("data/sample").toFile().list()).noneMatch(name -> name.endsWith(".trace.db"));
    }

    @Test
    void nothingIsForgottenWhereNobodyAnswers() {
        Terminal terminal = new Terminal(folder);
        terminal.type("run", "--sample", "--format", "csv");

        Terminal.Screen screen = answering("", terminal, "purge", "--before", "2026-11-01");

        assertThat(screen.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(screen.out()).last().isEqualTo("Delete what was collected? [y/N] ");
        assertThat(screen.err())
                .containsExactly(
                        "Nothing was deleted, because the question was not answered. To delete without a question, add --yes.");
        assertThat(listed(terminal, 1)).doesNotContain("purged");
    }

    @Test
    void aDayIsNeeded() {
        Terminal.Screen screen = new Terminal(folder).type("purge");

        assertThat(screen.exitCode()).isEqualTo(2);
        assertThat(screen.err()).singleElement().asString().contains("--before");
    }

    /** The line of a run; a long location goes on in the next one. */
    private static String listed(Terminal terminal, int run) {
        return terminal.type("runs").out().stream()
                .filter(line -> line.startsWith(run + " "))
                .findFirst()
                .orElseThrow();
    }

    private static Terminal.Screen answering(String answer, Terminal terminal, String... arguments) {
        InputStream in = System.in;
        System.setIn(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)));
        try {
            return terminal.type(arguments);
        } finally {
            System.setIn(in);
        }
    }
}
