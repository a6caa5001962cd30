package dev.billingexport.ledger;

import dev.billingexport.bench.Bench;
import dev.billingexport.bench.Benchmark;
import dev.billingexport.bench.Figures;
import dev.billingexport.bench.MarkdownTable;
import dev.billingexport.bench.Program;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the ledger takes: written a chunk of 100 sessions at a time, with four call details and a recording each, then read
 * in the order of the files. Beside it, what an API of 50 ms gives to 32 requests in flight.
 */
public final class LedgerBenchmark implements Benchmark {

    private static final int CHUNK = 100;
    private static final int CALL_DETAILS = 4;
    private static final Instant START = Instant.parse("2026-10-01T00:00:00Z");
    private static final double API = 32 / 0.05 / 2;

    @Override
    public Map<String, Integer> settings() {
        return Map.of("sessions", 100_000, "runs", 3);
    }

    @Override
    public MarkdownTable run(Map<String, Integer> settings) throws IOException {
        int sessions = settings.get("sessions");
        List<Double> writing = new ArrayList<>();
        List<Double> reading = new ArrayList<>();
        long bytes = 0;
        Path home = Bench.workFolder("ledger");
        for (int i = 0; i < settings.get("runs"); i++) {
            Path folder = Files.createDirectory(home.resolve("run-" + i));
            try (LedgerDatabase database = LedgerDatabase.open(folder)) {
                Run run = database.newRun();
                writing.add(seconds(() -> IntStream.range(0, sessions / CHUNK)
                        .forEach(chunk -> database.ledger().write(run, chunk(chunk)))));
                reading.add(seconds(() -> {
                    long rows = database.contents()
                            .details(run)
                            .mapToLong(details -> 1
                                    + details.callDetails().size()
                                    + details.recordings().size())
                            .sum();
                    if (rows != sessions * (2L + CALL_DETAILS)) {
                        throw new IllegalStateException(rows + " rows were read");
                    }
                }));
            }
            bytes = Program.bytes(folder);
            System.out.printf("writing %s, reading %s%n", writing, reading);
        }
        MarkdownTable table = new MarkdownTable("ledger", "time", "sessions a second", "times what the API gives");
        row(table, "written", sessions, Figures.median(writing));
        row(table, "read", sessions, Figures.median(reading));
        table.row("on disk", Figures.megabytes(bytes), Figures.whole((double) bytes / sessions) + " B a session", "");
        return table;
    }

    private static void row(MarkdownTable table, String name, int sessions, double seconds) {
        table.row(
                name,
                Figures.seconds(seconds),
                Figures.whole(sessions / seconds),
                Figures.ratio(sessions / seconds / API));
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static List<CollectedSession> chunk(int chunk) {
        return IntStream.range(0, CHUNK)
                .mapToObj(number -> {
                    // As the API lists them: ids are in no relation to dates.
                    long id = (chunk * (long) CHUNK + number) * 0x9E3779B97F4A7C15L;
                    Session session = Collected.session(
                            "%016x5f2b0c9e".formatted(id), START.plus(Duration.ofSeconds(chunk * 20L + number)));
                    CallDetail[] details = IntStream.range(0, CALL_DETAILS)
                            .mapToObj(detail -> Collected.callDetail(id + "-" + detail, "12.50"))
                            .toArray(CallDetail[]::new);
                    return Collected.complete(session, details);
                })
                .toList();
    }
}
