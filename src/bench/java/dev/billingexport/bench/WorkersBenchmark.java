package dev.billingexport.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.billingexport.testing.BillingProcess;
import dev.billingexport.testing.Cluster;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What one, two and four workers do together: sessions a second of an API without a limit, over a whole run; and the share
 * that they use of an API's limit, by a ceiling that they were told and by finding it themselves, once they are warm. All
 * of them, the API, the database, the broker and the manager share the processor, so how busy that was is told too: where
 * nothing of it was left, it and not the limit is what was measured.
 */
final class WorkersBenchmark implements Benchmark {

    private static final double BURST = 30;
    private static final double NONE = 1_000_000;

    /** What Java needs to be warm, and the rate to be found. */
    private static final int SECONDS_TO_SETTLE = 20;

    /** Workers enter their sessions a second this often. */
    private static final long INTERVAL_MILLIS = 2_000;

    private static final String[] OCTOBER = {"run", "--from=2026-10-01", "--to=2026-11-01"};

    /** What one worker collects in half a minute, cold. */
    private static final String[] TEN_DAYS = {"run", "--from=2026-10-01", "--to=2026-10-11"};

    private final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private int launches;

    /**
     * Some seconds of a run that has settled.
     *
     * @param smallest sessions of the slowest worker against the mean of all
     * @param busy share of the processor that was used
     */
    private record Settled(ApiProcess.Report seen, double limit, double smallest, double busy) {

        String used() {
            return percent((seen.requests() - seen.refused()) / limit / seen.seconds());
        }

        String refused() {
            return percent((double) seen.refused() / seen.requests());
        }
    }

    @Override
    public Map<String, Integer> settings() {
        return Map.of("sessions", 20_000, "limit", 300, "low", 100, "latency", 20, "inFlight", 16, "seconds", 30);
    }

    @Override
    public MarkdownTable run(Map<String, Integer> settings) throws Exception {
        Path home = Bench.workFolder("workers");
        double limit = settings.get("limit");
        double low = settings.get("low");
        int seconds = settings.get("seconds");
        String inFlight = "EXPORT_SOURCE_MAX_IN_FLIGHT=" + settings.get("inFlight");
        MarkdownTable table = new MarkdownTable(
                "workers",
                "sessions/s without a limit",
                "used of %.0f/s, told".formatted(limit),
                "refused",
                "processor",
                "used of %.0f/s, found".formatted(limit),
                "refused",
                "smallest share",
                "processor",
                "used of %.0f/s, found".formatted(low),
                "refused",
                "smallest share",
                "processor");
        try (ApiProcess api = ApiProcess.start(
                        ApiProcess.FRUGAL, 2 * settings.get("sessions"), Duration.ofMillis(settings.get("latency")));
                Cluster cluster = Cluster.start(home.resolve("cluster"), api.baseUrl())) {
            for (int count : new int[] {1, 2, 4}) {
                cluster.set(inFlight, "EXPORT_SOURCE_MAX_PER_SECOND=" + limit);
                List<Settled> told = settled(api, cluster, home, count, seconds, limit);
                cluster.set(inFlight);
                double free = free(api, cluster, home, count);
                List<Settled> found = settled(api, cluster, home, count, seconds, limit, low);
                table.row(
                        String.valueOf(count),
                        Figures.whole(free),
                        told.get(0).used(),
                        told.get(0).refused(),
                        percent(told.get(0).busy()),
                        found.get(0).used(),
                        found.get(0).refused(),
                        percent(found.get(0).smallest()),
                        percent(found.get(0).busy()),
                        found.get(1).used(),
                        found.get(1).refused(),
                        percent(found.get(1).smallest()),
                        percent(found.get(1).busy()));
            }
        }
        return table;
    }

    /** Sessions a second of a whole run, from the first request to the last answer. */
    private double free(ApiProcess api, Cluster cluster, Path home, int count) throws Exception {
        List<BillingProcess> workers = workers(cluster, count);
        api.limit(NONE, NONE);
        api.reset();
        try (BillingProcess manager = cluster.manager(folder(home), TEN_DAYS)) {
            manager.await(
                    "delivers",
                    () -> !cluster.query("SELECT 1 FROM batch_step_execution WHERE step_name = 'render'")
                            .isEmpty());
            ApiProcess.Report report = api.report();
            System.out.printf(Locale.ROOT, "%d workers without a limit: %s%n", count, report);
            return report.sessions() / report.seconds();
        } finally {
            workers.forEach(BillingProcess::close);
        }
    }

    /** Measures a run under one limit after the other. */
    private List<Settled> settled(ApiProcess api, Cluster cluster, Path home, int count, int seconds, double... limits)
            throws Exception {
        List<BillingProcess> workers = workers(cluster, count);
        api.limit(limits[0], BURST);
        api.reset();
        List<Settled> all = new ArrayList<>();
        try (BillingProcess manager = cluster.manager(folder(home), OCTOBER)) {
            manager.await("begins", () -> api.report().requests() > 0);
            for (double limit : limits) {
                api.limit(limit, BURST);
                Thread.sleep(Duration.ofSeconds(SECONDS_TO_SETTLE).toMillis());
                Settled settled = observe(api, cluster, seconds, limit);
                System.out.printf(Locale.ROOT, "%d workers: %s%n", count, settled);
                all.add(settled);
            }
            return all;
        } finally {
            workers.forEach(BillingProcess::close);
        }
    }

    private Settled observe(ApiProcess api, Cluster cluster, int seconds, double limit) throws InterruptedException {
        Map<String, Double> rates = new HashMap<>();
        machine.getCpuLoad();
        api.reset();
        for (long millis = 0; millis < seconds * 1_000L; millis += INTERVAL_MILLIS) {
            Thread.sleep(INTERVAL_MILLIS);
            for (String row : cluster.query("SELECT worker_id, sessions_per_second FROM worker")) {
                String[] columns = row.split("\\|");
                rates.merge(columns[0], Double.valueOf(columns[1]), Double::sum);
            }
        }
        ApiProcess.Report seen = api.report();
        double all = rates.values().stream().mapToDouble(Double::doubleValue).sum();
        double smallest =
                rates.values().stream().mapToDouble(Double::doubleValue).min().orElse(0);
        return new Settled(seen, limit, smallest * rates.size() / all, machine.getCpuLoad());
    }

    /** Workers that know nothing yet and wait for windows. */
    private static List<BillingProcess> workers(Cluster cluster, int count) {
        cluster.forgetRuns();
        cluster.query("DELETE FROM worker");
        cluster.query("DELETE FROM request_turn");
        List<BillingProcess> workers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            workers.add(cluster.worker());
        }
        for (BillingProcess worker : workers) {
            worker.await("waits", () -> worker.out().contains("Waiting for windows"));
        }
        return workers;
    }

    private Path folder(Path home) throws IOException {
        return Files.createDirectories(home.resolve("manager-" + launches++));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
