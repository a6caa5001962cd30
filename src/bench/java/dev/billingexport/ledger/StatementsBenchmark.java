package dev.billingexport.ledger;

import dev.billingexport.bench.Bench;
import dev.billingexport.bench.Benchmark;
import dev.billingexport.bench.Child;
import dev.billingexport.bench.Figures;
import dev.billingexport.bench.MarkdownTable;
import dev.billingexport.session.AppType;
import dev.billingexport.session.Session;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What statements cost: a month's workbook alone, and with one more workbook for each customer, from the ledger, each in a
 * process of its own with a heap of 256 MB and the compiler and the collector that the launcher asks for.
 */
public final class StatementsBenchmark implements Benchmark {

    static final int USERS_OF_CUSTOMER = 5;

    private static final int CHUNK = 100;
    private static final Instant START = Instant.parse("2026-10-01T00:00:00Z");
    private static final long MONTH = 31 * 86_400;

    @Override
    public Map<String, Integer> settings() {
        return Map.of("sessions", 100_000, "customers", 1_000, "runs", 3);
    }

    @Override
    public MarkdownTable run(Map<String, Integer> settings) throws IOException, InterruptedException {
        Path home = Bench.workFolder("statements");
        int customers = settings.get("customers");
        fill(home, settings.get("sessions"), customers);
        Map<String, List<Child>> runs = new LinkedHashMap<>();
        for (int i = 0; i < settings.get("runs"); i++) {
            for (String split : List.of("none", "customer")) {
                Child child = Child.run(Child.java(
                        List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                        RenderedStatements.class,
                        home.toString(),
                        split,
                        "" + customers));
                System.out.println(split + ", " + child);
                runs.computeIfAbsent(split, key -> new ArrayList<>()).add(child);
            }
        }
        MarkdownTable table = new MarkdownTable("rendered", "time", "ratio to one workbook", "CPU time", "peak memory");
        double one = seconds(runs.get("none"));
        runs.forEach((split, children) -> table.row(
                split.equals("none") ? "one workbook" : "and one for each customer",
                Figures.seconds(seconds(children)),
                Figures.ratio(seconds(children) / one),
                Figures.seconds(
                        Figures.median(children.stream().map(Child::cpuSeconds).toList())),
                Figures.megabytes(
                        Figures.median(children.stream().map(Child::peakBytes).toList()))));
        return table;
    }

    private static double seconds(List<Child> children) {
        return Figures.median(children.stream().map(Child::seconds).toList());
    }

    private static void fill(Path home, int sessions, int customers) throws IOException {
        try (LedgerDatabase database = LedgerDatabase.open(Files.createDirectories(home.resolve("data")))) {
            Run run = database.newRun();
            IntStream.range(0, sessions / CHUNK)
                    .forEach(chunk -> database.ledger()
                            .write(
                                    run,
                                    IntStream.range(chunk * CHUNK, (chunk + 1) * CHUNK)
                                            .mapToObj(number -> collected(number, sessions, customers))
                                            .toList()));
        }
    }

    private static CollectedSession collected(int number, int sessions, int customers) {
        Instant start = START.plusSeconds(MONTH * number / sessions);
        Session session = new Session(
                "%016x%08x".formatted(number * 0x9E3779B97F4A7C15L, number),
                "M-" + number,
                "R-" + number % 100,
                "U-" + number * 31L % ((long) customers * USERS_OF_CUSTOMER),
                "Ana Almeida",
                start,
                start,
                start.plusSeconds(750),
                new BigDecimal("12.50"),
                AppType.VC);
        return Collected.complete(
                session,
                Collected.callDetail(number + "-1", "12.50"),
                Collected.callDetail(number + "-2", "11.25"),
                Collected.callDetail(number + "-3", "7"),
                Collected.callDetail(number + "-4", "3.5"));
    }
}
