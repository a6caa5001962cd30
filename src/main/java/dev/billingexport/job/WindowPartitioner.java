package dev.billingexport.job;

import dev.billingexport.ledger.Ledger;
import dev.billingexport.ledger.OpenWindow;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Creates a partition for each window. Its name consists of the window and the number of earlier readings. A launch
 * after a crash therefore continues the readings that had begun, and a further pass has new partitions.
 */
final class WindowPartitioner implements Partitioner {

    private final Ledger ledger;
    private final CurrentStep step;
    private final ExportProgress progress;
    private final Predicate<OpenWindow> wanted;

    WindowPartitioner(Ledger ledger, CurrentStep step, ExportProgress progress, Predicate<OpenWindow> wanted) {
        this.ledger = ledger;
        this.step = step;
        this.progress = progress;
        this.wanted = wanted;
    }

    @Override
    public Map<String, ExecutionContext> partition(int gridSize) {
        Map<String, ExecutionContext> partitions = new LinkedHashMap<>();
        ledger.openWindows(step.run()).stream().filter(wanted).forEach(open -> {
            String name = open.window().name();
            partitions.put(name + " #" + open.listings(), Partition.context(name));
        });
        progress.begin(step.name(), partitions.size(), "windows");
        return partitions;
    }
}
