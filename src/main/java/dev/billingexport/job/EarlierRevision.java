package dev.billingexport.job;

import dev.billingexport.ledger.Run;
import dev.billingexport.report.Report;
import java.io.IOException;
import java.nio.file.Path;

/** Gives access to an earlier delivered revision of a run's period, which the job itself can't read. */
public interface EarlierRevision {

    /**
     * Adds to a run's report the changes since the earlier revision, if there is one.
     *
     * @param folder the run's work folder; must exist as long as the report is used
     */
    Report amend(Report report, Run run, Path folder) throws IOException;
}
