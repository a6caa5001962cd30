package dev.billingexport.job;

import dev.billingexport.ledger.Ledger;
import dev.billingexport.ledger.OpenWindow;
import dev.billingexport.ledger.Reopening;
import dev.billingexport.ledger.Run;
import dev.billingexport.session.Window;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/**
 * Starts a pass over windows before they are partitioned, so that the API lists them while Batch inserts their workers.
 */
final class WindowPass implements StepExecutionListener {

    private final Ledger ledger;
    private final Reopening reopening;
    private final CurrentStep step;
    private final WindowPages pages;
    private final Predicate<OpenWindow> wanted;
    private final long rowsAhead;

    /** @param rowsAhead rows that may be requested before the windows' workers exist */
    WindowPass(
            Ledger ledger,
            Reopening reopening,
            CurrentStep step,
            WindowPages pages,
            Predicate<OpenWindow> wanted,
            long rowsAhead) {
        this.ledger = ledger;
        this.reopening = reopening;
        this.step = step;
        this.pages = pages;
        this.wanted = wanted;
        this.rowsAhead = rowsAhead;
    }

    @Override
    public void beforeStep(StepExecution execution) {
        Run run = step.run();
        List<Window> windows = ledger.openWindows(run).stream()
                .filter(wanted)
                .map(OpenWindow::window)
                .toList();
        pages.begin(run.key().period(), windows, reopening.reach(run), rowsAhead);
    }
}
