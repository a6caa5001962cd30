package dev.billingexport.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.billingexport.ledger.LedgerBenchmark;
import dev.billingexport.ledger.StatementsBenchmark;
import dev.billingexport.report.xlsx.WorkbookBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** Runs the benchmark that the first argument names; the others set its numbers: {@code workbook rows=100000 runs=5}. */
public final class Bench {

    private static final Map<String, Benchmark> BENCHMARKS = new TreeMap<>(Map.of(
            "collect", new CollectBenchmark(),
            "ledger", new LedgerBenchmark(),
            "rate", new RateBenchmark(),
            "run", new RunBenchmark(),
            "statements", new StatementsBenchmark(),
            "workbook", new WorkbookBenchmark(),
            "workers", new WorkersBenchmark()));

    static final Path OUTPUT = Path.of("target", "bench");

    private Bench() {}

    /** An empty folder for what a benchmark's processes write; it stays until that benchmark is run again. */
    public static Path workFolder(String benchmark) throws IOException {
        Path folder = OUTPUT.resolve(benchmark + "-work").toAbsolutePath();
        FileSystemUtils.deleteRecursively(folder);
        return Files.createDirectories(folder);
    }

    public static void main(String... arguments) throws Exception {
        Benchmark benchmark = arguments.length == 0 ? null : BENCHMARKS.get(arguments[0]);
        if (benchmark == null) {
            throw new IllegalArgumentException("Name one of " + BENCHMARKS.keySet() + " with -Dbench=...");
        }
        // Without Spring Boot nobody sets it, and the database and the broker tell all that they do.
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
        Map<String, Integer> settings = new TreeMap<>(benchmark.settings());
        settings.putAll(settings(List.of(arguments).subList(1, arguments.length)));
        if (settings.size() > benchmark.settings().size()) {
            throw new IllegalArgumentException("What can be set is " + benchmark.settings() + ".");
        }
        String table = heading(arguments[0], settings) + "\n\n" + benchmark.run(settings);
        System.out.println("\n" + table);
        Path file = OUTPUT.resolve(arguments[0] + ".md");
        Files.createDirectories(file.getParent());
        Files.writeString(file, table);
    }

    private static Map<String, Integer> settings(List<String> arguments) {
        Map<String, Integer> settings = new HashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            settings.put(parts[0], Integer.valueOf(parts[1]));
        }
        return settings;
    }

    private static String heading(String name, Map<String, Integer> settings) {
        return "`%s` %s, %s, %d cores, Java %s"
                .formatted(
                        name,
                        settings,
                        LocalDate.now(Clock.systemUTC()),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version());
    }
}
