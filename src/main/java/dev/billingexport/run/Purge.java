package dev.billingexport.run;

import dev.billingexport.job.WorkFolder;
import dev.billingexport.ledger.Ledger;
import dev.billingexport.ledger.Run;
import dev.billingexport.ledger.Runs;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Forgets what was collected for periods that are over, so that the database does not grow for ever. What was delivered
 * stays, and its runs stay known. To be used by a process that holds the data directory.
 */
@Component
public class Purge {

    private final Runs runs;
    private final Ledger ledger;
    private final WorkFolder workFolder;
    private final RunHistory history;

    Purge(Runs runs, Ledger ledger, WorkFolder workFolder, RunHistory history) {
        this.runs = runs;
        this.ledger = ledger;
        this.workFolder = workFolder;
        this.history = history;
    }

    /** Returns the runs that still hold what they collected and whose period ended before a day, the newest first. */
    public List<Run> endedBefore(LocalDate day) {
        return runs.all().stream()
                .filter(run -> !run.key().period().to().isAfter(day))
                .filter(run -> !ledger.isPurged(run))
                .toList();
    }

    /**
     * Forgets what was collected for a run; a run that was not delivered is forgotten altogether.
     *
     * @throws IOException if the run's work folder can't be deleted
     */
    public void forget(Run run) throws IOException {
        workFolder.sweep(run);
        if (!run.delivered()) {
            history.forget(run);
        }
        runs.forget(run);
    }
}
