package dev.billingexport.job;

import dev.billingexport.ledger.Run;
import dev.billingexport.report.Report;
import java.io.IOException;
import java.nio.file.Path;

/** What was delivered of a run's period before, which the job itself can't read. */
public interface EarlierRevision {

    /**
     * Adds to a run's report what it changes, where there is an earlier revision.
     *
     * @param folder the run's work folder, which must stay for as long as the report is used
     */
    Report amend(Report report, Run run, Path folder) throws IOException;
}
