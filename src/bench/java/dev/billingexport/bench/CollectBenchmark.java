package dev.billingexport.bench;

import dev.billingexport.cli.WarmProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How busy the API is kept: the time from the first request to the last answer, by the server's own clock, against
 * requests x latency / requests in flight. Warm in this JVM, cold in a process of its own; beside them what a loop
 * reaches that only asks, for the server and the machine take their time as well.
 */
final class CollectBenchmark implements Benchmark {

    /** One measured run. */
    private record Measured(ApiProcess.Report seen, double ideal, double wholeSeconds) {}

    @Override
    public Map<String, Integer> settings() {
        return Map.of("sessions", 9_000, "coldDays", 20, "latency", 50, "inFlight", 32, "runs", 3);
    }

    @Override
    public MarkdownTable run(Map<String, Integer> settings) throws Exception {
        List<Measured> warm = new ArrayList<>();
        List<Measured> cold = new ArrayList<>();
        List<Measured> bare = new ArrayList<>();
        Path home = Bench.workFolder("collect");
        Program program = Program.install(home.resolve("program"));
        int inFlight = settings.get("inFlight");
        try (ApiProcess api = ApiProcess.start(
                ApiProcess.FRUGAL, 2 * settings.get("sessions"), Duration.ofMillis(settings.get("latency")))) {
            for (int i = 0; i < settings.get("runs"); i++) {
                Path folder = Files.createDirectories(home.resolve("warm-" + i));
                // Warms up the server, too.
                WarmProgram.run(folder, api.baseUrl(), inFlight, YearMonth.of(2026, 9));
                api.reset();
                long start = System.nanoTime();
                WarmProgram.run(folder, api.baseUrl(), inFlight, YearMonth.of(2026, 10));
                warm.add(measured(api, settings, (System.nanoTime() - start) / 1e9));

                folder = Files.createDirectories(home.resolve("cold-" + i));
                api.reset();
                Child child = Child.run(
                        program.october(settings.get("coldDays"), folder, api.baseUrl(), inFlight, List.of()));
                cold.add(measured(api, settings, child.seconds()));

                api.reset();
                start = System.nanoTime();
                BareLoop.run(api, inFlight, 2L * settings.get("sessions"));
                bare.add(measured(api, settings, (System.nanoTime() - start) / 1e9));
            }
        }
        MarkdownTable table = new MarkdownTable(
                "run",
                "sessions",
                "requests a session",
                "ideal",
                "measured",
                "ratio",
                "whole process",
                "ratio of that");
        row(table, "warm JVM", warm);
        row(table, "cold, from the launcher on", cold);
        row(table, "bare loop of the HTTP client", bare);
        return table;
    }

    private static Measured measured(ApiProcess api, Map<String, Integer> settings, double wholeSeconds) {
        ApiProcess.Report seen = api.report();
        double ideal = seen.requests() * settings.get("latency") / 1e3 / settings.get("inFlight");
        System.out.printf("%s, ideal %.2f s, whole %.2f s%n", seen, ideal, wholeSeconds);
        return new Measured(seen, ideal, wholeSeconds);
    }

    private static void row(MarkdownTable table, String name, List<Measured> runs) {
        ApiProcess.Report seen = runs.get(0).seen();
        double ideal = runs.get(0).ideal();
        double measured =
                Figures.median(runs.stream().map(run -> run.seen().seconds()).toList());
        double whole = Figures.median(runs.stream().map(Measured::wholeSeconds).toList());
        table.row(
                name,
                Figures.whole(seen.sessions()),
                Figures.ratio((double) seen.requests() / seen.sessions()),
                Figures.seconds(ideal),
                Figures.seconds(measured),
                Figures.ratio(measured / ideal),
                Figures.seconds(whole),
                Figures.ratio(whole / ideal));
    }
}
