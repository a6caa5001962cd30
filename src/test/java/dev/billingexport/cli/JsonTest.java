package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.ledger.DataDirectory;
import dev.billingexport.sample.RecordedSample;
import dev.billingexport.sample.Route;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code --json} prints is what {@code src/docs/json.md} shows, name by name, also while another process is at work. */
class JsonTest {

    private static final RunReport.ProgressReport PROGRESS = new RunReport.ProgressReport(
            "collect",
            12,
            62,
            "windows",
            3400,
            new RunReport.WaitingReport("outage", Instant.EPOCH, "HTTP 503 \u001b[2J \u009b", Instant.EPOCH),
            ProcessHandle.current().pid(),
            Instant.EPOCH);

    @TempDir
    private Path folder;

    @Test
    void whatIsPrintedIsWhatIsDocumented() throws IOException {
        Terminal terminal = new Terminal(folder);
        Set<String> runs = new TreeSet<>();
        Set<String> show = new TreeSet<>();
        Set<String> verify = new TreeSet<>();
        List<? extends SampleSession> sessions = RecordedSample.sessions();
        SampleSession october = sessions.stream()
                .filter(session -> session.date().toString().startsWith("2026-10-1"))
                .findFirst()
                .orElseThrow();
        Behaviour broken = Behaviour.DOCUMENTED
                .with()
                .broken(Route.RECORDINGS, october.sessionId(), Fault.ERROR_500)
                .build();
        try (FakeApi api = FakeApi.start(0, broken, sessions)) {
            terminal.connect(api).set("export.source.max-attempts", "1").set("export.report.formats", "csv");
            Terminal.Screen run = terminal.type("run", "--month=2026-10", "--accept-problems");
            assertThat(run.exitCode()).as("%s", run).isEqualTo(ExitCode.ACCEPTED);
        }
        addNames(runs, "", json(terminal, 0, "runs", "--json"));
        JsonNode shown = json(terminal, 0, "show", "1", "--json");
        addNames(show, "", shown);
        assertThat(shown.at("/run/status").stringValue()).isEqualTo("delivered");
        assertThat(shown.at("/run/sessions").isIntegralNumber()).isTrue();
        assertThat(Instant.parse(shown.at("/run/delivered_at").stringValue())).isAfter(Instant.EPOCH);

        Path delivered = folder.resolve("out/billing/2026-10");
        addNames(verify, "", json(terminal, 0, "verify", "--json", delivered.toString()));
        Files.writeString(delivered.resolve("r1/sessions.csv"), "x");
        JsonNode damaged = json(terminal, 6, "verify", "--json", delivered.toString());
        addNames(verify, "", damaged);
        assertThat(damaged.at("/verified").booleanValue()).isFalse();
        assertThat(damaged.at("/deliveries/0/differences").size()).isPositive();

        Path data = folder.resolve("data");
        try (DataDirectory held = DataDirectory.acquire(data, Clock.systemUTC())) {
            ReportFiles files = new ReportFiles(held.reports());
            files.write(files.read(1).orElseThrow().with(RunReport.RUNNING, PROGRESS));

            Terminal.Screen screen = terminal.type("runs", "--json");
            JsonNode live = JsonMapper.shared().readTree(String.join("\n", screen.out()));
            addNames(runs, "", live);
            assertThat(live.at("/data_directory").stringValue()).isEqualTo(data.toString());
            assertThat(live.at("/runs/0/status").stringValue()).isEqualTo("running");
            assertThat(live.at("/runs/0/progress/waiting/said").stringValue()).isEqualTo("HTTP 503 \u001b[2J \u009b");
            assertThat(screen.out()).noneMatch(line -> line.matches(".*[\\p{C}&&[^\\n]].*"));
            addNames(show, "", json(terminal, 0, "show", "1", "--json"));

            files.write(files.read(1)
                    .orElseThrow()
                    .with(
                            RunReport.RUNNING,
                            new RunReport.ProgressReport("collect", 0, 0, "", 0, null, 0, Instant.EPOCH)));
            assertThat(terminal.type("show", "1").out()).contains("  status    interrupted");
        }
        assertThat(runs).containsExactlyInAnyOrderElementsOf(documented("runs"));
        assertThat(show).containsAll(documented("show"));
        assertThat(union(documented("runs"), documented("show"))).containsAll(show);
        assertThat(verify).containsExactlyInAnyOrderElementsOf(documented("verify"));
    }

    @Test
    void anErrorIsNoDocument() {
        Terminal terminal = new Terminal(folder);
        for (List<String> command : List.of(List.of("runs", "--json"), List.of("show", "1", "--json"))) {
            Terminal.Screen screen = terminal.type(command.toArray(String[]::new));

            assertThat(screen.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(screen.out()).isEmpty();
            assertThat(screen.err())
                    .singleElement()
                    .asString()
                    .startsWith("The folder doesn't exist: " + folder.resolve("data"));
        }
    }

    private static JsonNode json(Terminal terminal, int exitCode, String... arguments) {
        Terminal.Screen screen = terminal.type(arguments);
        assertThat(screen.exitCode()).as("%s", screen).isEqualTo(exitCode);
        return JsonMapper.shared().readTree(String.join("\n", screen.out()));
    }

    private static void addNames(Set<String> names, String path, JsonNode node) {
        node.properties().forEach(property -> {
            String name = path + "/" + property.getKey();
            names.add(name);
            addNames(names, name, property.getValue());
        });
        node.values().stream().filter(value -> node.isArray()).forEach(value -> addNames(names, path + "[]", value));
    }

    private static Set<String> documented(String command) throws IOException {
        Matcher example = Pattern.compile("(?s)## " + command + "\n\n```json\n(.*?)```")
                .matcher(Files.readString(Path.of("src/docs/json.md")));
        assertThat(example.find()).isTrue();
        Set<String> names = new TreeSet<>();
        addNames(names, "", JsonMapper.shared().readTree(example.group(1)));
        return names;
    }

    private static Set<String> union(Set<String> runs, Set<String> show) {
        Set<String> names = new TreeSet<>(show);
        runs.forEach(name -> names.add(name.replace("/runs[]", "/run")));
        return names;
    }
}
