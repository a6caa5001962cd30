package dev.billingexport.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How well the rate follows a server that refuses what is beyond a limit which nobody told us, and which halves and
 * doubles in mid-run.
 */
final class RateBenchmark implements Benchmark {

    private static final double BURST = 30;
    private static final int INTERVAL_MILLIS = 500;

    /** Of the new limit: from there on it counts as found. */
    private static final double FOUND = 0.9;

    /** Requests that were accepted in an interval. */
    private record Interval(double seconds, long accepted, long refused) {}

    @Override
    public Map<String, Integer> settings() {
        return Map.of("limit", 300, "latency", 20, "inFlight", 32, "seconds", 20);
    }

    @Override
    public MarkdownTable run(Map<String, Integer> settings) throws Exception {
        double limit = settings.get("limit");
        int seconds = settings.get("seconds");
        // Two requests a session; three phases, of which one at half the rate, and some to spare.
        int sessions = (int) (limit * seconds * 2);
        Path home = Bench.workFolder("rate");
        Path folder = Files.createDirectory(home.resolve("run"));
        MarkdownTable table =
                new MarkdownTable("server's limit", "used", "refused", "time to 90 % of it", "used from then on");
        try (ApiProcess api =
                ApiProcess.start(ApiProcess.FRUGAL, 2 * sessions, Duration.ofMillis(settings.get("latency")))) {
            api.limit(limit, BURST);
            ProcessBuilder program = Program.install(home.resolve("program"))
                    .october(31, folder, api.baseUrl(), settings.get("inFlight"), List.of());
            Process process = program.start();
            try {
                while (api.report().requests() == 0) {
                    Thread.sleep(10);
                }
                row(table, limit, observe(api, seconds));
                for (double next : new double[] {limit / 2, limit}) {
                    api.limit(next, BURST);
                    row(table, next, observe(api, seconds));
                }
            } finally {
                process.destroyForcibly();
            }
        }
        return table;
    }

    private static List<Interval> observe(ApiProcess api, int seconds) throws InterruptedException {
        List<Interval> intervals = new ArrayList<>();
        long start = System.nanoTime();
        long before = start;
        ApiProcess.Report last = api.report();
        while (before - start < seconds * 1_000_000_000L) {
            Thread.sleep(INTERVAL_MILLIS);
            long now = System.nanoTime();
            ApiProcess.Report report = api.report();
            long refused = report.refused() - last.refused();
            long accepted = report.requests() - last.requests() - refused;
            intervals.add(new Interval((now - before) / 1e9, accepted, refused));
            before = now;
            last = report;
        }
        return intervals;
    }

    private static void row(MarkdownTable table, double limit, List<Interval> intervals) {
        int found = 0;
        double until = 0;
        while (found < intervals.size()
                && intervals.get(found).accepted() / intervals.get(found).seconds() < FOUND * limit) {
            until += intervals.get(found).seconds();
            found++;
        }
        long refused = intervals.stream().mapToLong(Interval::refused).sum();
        long accepted = intervals.stream().mapToLong(Interval::accepted).sum();
        table.row(
                "%.0f/s".formatted(limit),
                percent(used(intervals, limit)),
                percent(100.0 * refused / (refused + accepted)),
                Figures.seconds(until),
                percent(used(intervals.subList(Math.min(found, intervals.size() - 1), intervals.size()), limit)));
    }

    private static double used(List<Interval> intervals, double limit) {
        double accepted = intervals.stream().mapToLong(Interval::accepted).sum();
        return 100
                * accepted
                / limit
                / intervals.stream().mapToDouble(Interval::seconds).sum();
    }

    private static String percent(double percent) {
        return "%.1f %%".formatted(percent);
    }
}
