package dev.billingexport.job;

import dev.billingexport.ledger.Ledger;
import dev.billingexport.ledger.OpenWindow;
import dev.billingexport.session.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * One partition a window. Its name says which window it is and how often that was read before, so that a launch after a
 * death goes on with the readings that had begun, and a further pass is a new set of partitions.
 */
final class WindowPartitioner implements Partitioner {

    private final Ledger ledger;
    private final CurrentStep step;
    private final ExportProgress progress;
    private final Predicate<OpenWindow> wanted;
    private final Consumer<List<Window>> chosen;

    /** @param chosen is told which windows it will be, before their workers exist */
    WindowPartitioner(
            Ledger ledger,
            CurrentStep step,
            ExportProgress progress,
            Predicate<OpenWindow> wanted,
            Consumer<List<Window>> chosen) {
        this.ledger = ledger;
        this.step = step;
        this.progress = progress;
        this.wanted = wanted;
        this.chosen = chosen;
    }

    @Override
    public Map<String, ExecutionContext> partition(int gridSize) {
        Map<String, ExecutionContext> partitions = new LinkedHashMap<>();
        List<OpenWindow> windows =
                ledger.openWindows(step.run()).stream().filter(wanted).toList();
        chosen.accept(windows.stream().map(OpenWindow::window).toList());
        for (OpenWindow open : windows) {
            String name = open.window().name();
            partitions.put(name + " #" + open.listings(), Partition.context(name));
        }
        progress.begin(step.name(), partitions.size(), "windows");
        return partitions;
    }
}
