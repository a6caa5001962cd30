package dev.billingexport.job;

import dev.billingexport.ledger.Ledger;
import dev.billingexport.ledger.OpenWindow;
import dev.billingexport.ledger.Reopening;
import dev.billingexport.ledger.Run;
import dev.billingexport.session.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * One partition a window. Its name says which window it is and how often that was read before, so that a launch after a
 * death goes on with the readings that had begun, and a further pass is a new set of partitions.
 */
final class WindowPartitioner implements Partitioner {

    private final Ledger ledger;
    private final Reopening reopening;
    private final CurrentStep step;
    private final ExportProgress progress;
    private final Predicate<OpenWindow> wanted;
    private final WindowPages pages;
    private final long rowsAhead;

    /** @param rowsAhead how many rows are asked for before the windows' workers exist */
    WindowPartitioner(
            Ledger ledger,
            Reopening reopening,
            CurrentStep step,
            ExportProgress progress,
            Predicate<OpenWindow> wanted,
            WindowPages pages,
            long rowsAhead) {
        this.ledger = ledger;
        this.reopening = reopening;
        this.step = step;
        this.progress = progress;
        this.wanted = wanted;
        this.pages = pages;
        this.rowsAhead = rowsAhead;
    }

    @Override
    public Map<String, ExecutionContext> partition(int gridSize) {
        Map<String, ExecutionContext> partitions = new LinkedHashMap<>();
        Run run = step.run();
        List<OpenWindow> windows =
                ledger.openWindows(run).stream().filter(wanted).toList();
        List<Window> inOrder = windows.stream().map(OpenWindow::window).toList();
        pages.begin(run.key().period(), inOrder, reopening.reach(run), rowsAhead);
        for (OpenWindow open : windows) {
            String name = open.window().name();
            partitions.put(name + " #" + open.listings(), Partition.context(name));
        }
        progress.begin(step.name(), partitions.size(), "windows");
        return partitions;
    }
}
