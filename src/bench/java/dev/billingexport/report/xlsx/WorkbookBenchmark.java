package dev.billingexport.report.xlsx;

import dev.billingexport.bench.Bench;
import dev.billingexport.bench.Benchmark;
import dev.billingexport.bench.Child;
import dev.billingexport.bench.Figures;
import dev.billingexport.bench.MarkdownTable;
import dev.billingexport.bench.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One large sheet of call details, 13 columns, by us and by others, each in a process of its own and in turns. */
public final class WorkbookBenchmark implements Benchmark {

    private static final String SCRIPT =
            Path.of("src", "bench", "resources", "workbook.py").toString();

    private record Contestant(String name, List<String> command) {}

    @Override
    public Map<String, Integer> settings() {
        return Map.of("rows", 1_000_000, "runs", 3);
    }

    @Override
    public MarkdownTable run(Map<String, Integer> settings) throws IOException, InterruptedException {
        Path file = Bench.workFolder("workbook").resolve("workbook.xlsx");
        List<Contestant> contestants = contestants(settings.get("rows").toString(), file);
        Map<Contestant, List<Child>> runs = new LinkedHashMap<>();
        Map<Contestant, Long> bytes = new LinkedHashMap<>();
        for (int run = 1; run <= settings.get("runs"); run++) {
            for (Contestant contestant : contestants) {
                Child child = Child.run(contestant.command);
                System.out.println(run + ": " + contestant.name + ", " + child);
                runs.computeIfAbsent(contestant, key -> new ArrayList<>()).add(child);
                bytes.put(contestant, Files.size(file));
                Files.delete(file);
            }
        }
        MarkdownTable table = new MarkdownTable("writer", "time", "ratio to ours", "CPU time", "peak memory", "file");
        double ours = seconds(Objects.requireNonNull(runs.get(contestants.get(0))));
        runs.forEach((contestant, children) -> table.row(
                contestant.name,
                Figures.seconds(seconds(children)),
                Figures.ratio(seconds(children) / ours),
                Figures.seconds(
                        Figures.median(children.stream().map(Child::cpuSeconds).toList())),
                Figures.megabytes(
                        Figures.median(children.stream().map(Child::peakBytes).toList())),
                Figures.megabytes(bytes.get(contestant))));
        return table;
    }

    private static double seconds(List<Child> children) {
        return Figures.median(children.stream().map(Child::seconds).toList());
    }

    private static List<Contestant> contestants(String rows, Path file) throws InterruptedException {
        List<Contestant> contestants = new ArrayList<>(List.of(
                java("this report's sheet, 64 MB heap", "64m", "ours", rows, file),
                java("bare SXSSF loop, our settings and cell writer, 64 MB heap", "64m", "bare", rows, file),
                java("bare SXSSF loop, our settings, POI's cell writer, 64 MB heap", "64m", "tuned", rows, file),
                java("bare SXSSF loop, as it comes", "1g", "stock", rows, file),
                java("fastexcel, inline strings, zip level 2", "1g", "fastexcel", rows, file)));
        Script.python("xlsxwriter")
                .ifPresentOrElse(
                        python -> contestants.add(new Contestant(
                                "xlsxwriter, constant memory", List.of(python, SCRIPT, rows, file.toString()))),
                        () -> System.out.println("No python3 here has xlsxwriter (python3-xlsxwriter): left out."));
        return contestants;
    }

    private static Contestant java(String name, String heap, String contestant, String rows, Path file) {
        return new Contestant(
                name, Child.java(List.of("-Xmx" + heap), SheetContestants.class, contestant, rows, file.toString()));
    }
}
