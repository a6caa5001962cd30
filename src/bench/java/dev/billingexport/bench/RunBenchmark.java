package dev.billingexport.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a whole run grows with its sessions where the API answers at once, in a small heap: start-up, collecting,
 * confirming, ledger and all files. Beside it a script that only fetches and writes a workbook, where Python's aiohttp
 * and xlsxwriter are installed. The server has been asked before, as one that others use has: what it takes to compile
 * itself is nobody's who is measured.
 */
final class RunBenchmark implements Benchmark {

    private static final int IN_FLIGHT = 32;
    private static final int SESSIONS_TO_WARM_UP = 40_000;

    /** One size, measured several times. */
    private record Size(
            List<Child> program,
            List<Double> startSeconds,
            List<Child> script,
            ApiProcess.Report seen,
            long dataBytes) {}

    @Override
    public Map<String, Integer> settings() {
        return Map.of("sessions", 100_000, "runs", 3, "heap", 256);
    }

    @Override
    public MarkdownTable run(Map<String, Integer> settings) throws Exception {
        MarkdownTable table = new MarkdownTable(
                "sessions",
                "time",
                "to the first request",
                "CPU",
                "peak memory",
                "requests a session",
                "ledger a session",
                "script's time",
                "ours against it");
        Path home = Bench.workFolder("run");
        Program program = Program.install(home.resolve("program"));
        GrowthChart growth = new GrowthChart();
        int largest = settings.get("sessions");
        try (ApiProcess api = ApiProcess.start(ApiProcess.THOROUGH, 2 * SESSIONS_TO_WARM_UP, Duration.ZERO)) {
            Path unmeasured = Files.createDirectory(home.resolve("unmeasured"));
            Child.run(program.october(31, unmeasured, api.baseUrl(), IN_FLIGHT, List.of()));
            for (int sessions : new int[] {largest / 100, largest * 6 / 100, largest / 10, largest * 4 / 10, largest}) {
                api.sessions(2 * sessions);
                Path folder = Files.createDirectory(home.resolve(sessions + "-sessions"));
                Size size = measure(program, folder, sessions, api, settings);
                row(table, size);
                growth.add(point(size));
            }
        }
        growth.write(Bench.OUTPUT.resolve("growth"));
        return table;
    }

    private static Size measure(
            Program installed, Path home, int sessions, ApiProcess api, Map<String, Integer> settings)
            throws Exception {
        List<String> jvm = List.of("-Xmx" + settings.get("heap") + "m");
        List<Child> program = new ArrayList<>();
        List<Double> startSeconds = new ArrayList<>();
        List<Child> script = new ArrayList<>();
        Optional<String> python = Script.python("aiohttp", "xlsxwriter");
        ApiProcess.Report seen = null;
        long dataBytes = 0;
        for (int i = 0; i < settings.get("runs"); i++) {
            Path folder = Files.createDirectory(home.resolve("run-" + i));
            api.reset();
            Instant start = Clock.systemUTC().instant();
            program.add(Child.run(installed.october(31, folder, api.baseUrl(), IN_FLIGHT, jvm)));
            seen = api.report();
            startSeconds.add(Duration.between(start, seen.firstRequest()).toMillis() / 1e3);
            dataBytes = Program.bytes(folder.resolve("data"));
            if (python.isPresent()) {
                script.add(Script.run(python.get(), api.baseUrl(), IN_FLIGHT, folder.resolve("script.xlsx")));
            }
            System.out.printf(
                    "%d sessions: %s, first request after %s, script %s%n",
                    sessions, program.get(i), startSeconds, script);
        }
        return new Size(program, startSeconds, script, seen, dataBytes);
    }

    private static GrowthChart.Point point(Size size) {
        return new GrowthChart.Point(
                size.seen().sessions(),
                Figures.median(size.program().stream().map(Child::seconds).toList()),
                Figures.median(size.program().stream().map(Child::peakBytes).toList()) / (1 << 20),
                size.seen().requests(),
                (double) size.dataBytes() / (1 << 20));
    }

    private static void row(MarkdownTable table, Size size) {
        double seconds =
                Figures.median(size.program().stream().map(Child::seconds).toList());
        double script = size.script().isEmpty()
                ? Double.NaN
                : Figures.median(size.script().stream().map(Child::seconds).toList());
        table.row(
                Figures.whole(size.seen().sessions()),
                Figures.seconds(seconds),
                Figures.seconds(Figures.median(size.startSeconds())),
                Figures.seconds(Figures.median(
                        size.program().stream().map(Child::cpuSeconds).toList())),
                Figures.megabytes(Figures.median(
                        size.program().stream().map(Child::peakBytes).toList())),
                Figures.ratio((double) size.seen().requests() / size.seen().sessions()),
                Figures.whole((double) size.dataBytes() / size.seen().sessions()) + " B",
                size.script().isEmpty() ? "not installed" : Figures.seconds(script),
                size.script().isEmpty() ? "" : Figures.ratio(seconds / script));
    }
}
