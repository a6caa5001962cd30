package dev.billingexport.cli;

import dev.billingexport.job.RunHistory;
import dev.billingexport.ledger.Run;
import org.springframework.batch.core.BatchStatus;

/** How far a run got, in a word. Truthful only while the data directory is held: what seems to run then has died. */
final class RunStatus {

    private RunStatus() {}

    static String of(Run run, Archive archive) {
        if (run.delivered()) {
            return "delivered";
        }
        BatchStatus status = archive.get(RunHistory.class).status(run);
        if (status == null) {
            return "not started";
        }
        return switch (status) {
            case STOPPED -> "stopped";
            case FAILED -> "failed";
            default -> "interrupted";
        };
    }
}
