package dev.billingexport.bench;

import dev.billingexport.testing.BillingProcess;
import dev.billingexport.testing.Cluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What one, two and four workers do together: sessions a second of an API without a limit, where the processor is the
 * limit, and the share that they use of an API's limit, by a ceiling that they were told and by finding it themselves.
 */
final class WorkersBenchmark implements Benchmark {

    private static final double BURST = 30;
    private static final double NONE = 1_000_000;

    /** Half of the API's sessions are in each of two months. */
    private static final String[] OCTOBER = {"run", "--from=2026-10-01", "--to=2026-11-01"};

    private int launches;

    @Override
    public Map<String, Integer> settings() {
        return Map.of("sessions", 4_000, "limit", 300, "latency", 20, "inFlight", 16);
    }

    @Override
    public MarkdownTable run(Map<String, Integer> settings) throws Exception {
        Path home = Bench.workFolder("workers");
        double limit = settings.get("limit");
        String inFlight = "EXPORT_SOURCE_MAX_IN_FLIGHT=" + settings.get("inFlight");
        MarkdownTable table = new MarkdownTable(
                "workers",
                "sessions/s without a limit",
                "used of %.0f/s, told".formatted(limit),
                "refused",
                "used, found",
                "refused");
        try (ApiProcess api = ApiProcess.start(
                        ApiProcess.FRUGAL, 2 * settings.get("sessions"), Duration.ofMillis(settings.get("latency")));
                Cluster cluster = Cluster.start(home.resolve("cluster"), api.baseUrl())) {
            for (int workers : new int[] {1, 2, 4}) {
                cluster.set(inFlight);
                ApiProcess.Report free = measure(api, cluster, home, workers, NONE);
                cluster.set(inFlight, "EXPORT_SOURCE_MAX_PER_SECOND=" + limit);
                ApiProcess.Report told = measure(api, cluster, home, workers, limit);
                cluster.set(inFlight);
                ApiProcess.Report found = measure(api, cluster, home, workers, limit);
                table.row(
                        String.valueOf(workers),
                        Figures.whole(free.sessions() / free.seconds()),
                        used(told, limit),
                        refused(told),
                        used(found, limit),
                        refused(found));
            }
        }
        return table;
    }

    private ApiProcess.Report measure(ApiProcess api, Cluster cluster, Path home, int count, double limit)
            throws Exception {
        cluster.forgetRuns();
        api.limit(limit, limit == NONE ? NONE : BURST);
        List<BillingProcess> workers = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                workers.add(cluster.worker());
            }
            for (BillingProcess worker : workers) {
                worker.await("waits", () -> worker.out().contains("Waiting for windows"));
            }
            api.reset();
            Path folder = Files.createDirectories(home.resolve("manager-" + launches++));
            try (BillingProcess manager = cluster.manager(folder, OCTOBER)) {
                manager.await(
                        "delivers",
                        () -> !cluster.query("SELECT 1 FROM batch_step_execution WHERE step_name = 'render'")
                                .isEmpty());
            }
            ApiProcess.Report report = api.report();
            System.out.printf(Locale.ROOT, "%d workers, limit %.0f: %s%n", count, limit, report);
            return report;
        } finally {
            workers.forEach(BillingProcess::close);
        }
    }

    private static String used(ApiProcess.Report report, double limit) {
        return percent((report.requests() - report.refused()) / limit / report.seconds());
    }

    private static String refused(ApiProcess.Report report) {
        return percent((double) report.refused() / report.requests());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
