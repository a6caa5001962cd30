package dev.billingexport.report;

import dev.billingexport.bench.Benchmark;
import dev.billingexport.bench.MarkdownTable;
import java.util.Map;

/** A workbook of one large sheet, by us and by others. */
public final class WorkbookBenchmark implements Benchmark {

    @Override
    public Map<String, Integer> settings() {
        return Map.of("rows", 1_000_000, "runs", 3);
    }

    @Override
    public MarkdownTable run(Map<String, Integer> settings) {
        return new MarkdownTable("writer", "time");
    }
}
