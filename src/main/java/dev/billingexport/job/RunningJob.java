package dev.billingexport.job;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.stereotype.Component;

/**
 * The job that runs in this process, to be stopped. Batch's own {@code JobOperator.stop} writes the rows of the job and of
 * its steps, and whichever of them is writing its row just then fails of that. Thread-safe.
 */
@Component
class RunningJob implements JobExecutionListener {

    private volatile @Nullable JobExecution running;

    @Override
    public void beforeJob(JobExecution execution) {
        running = execution;
    }

    @Override
    public void afterJob(JobExecution execution) {
        running = null;
    }

    /** Has it end at its next commit, and its steps with it: they look at the job at each of theirs. */
    void stop() {
        JobExecution execution = running;
        if (execution != null) {
            execution.upgradeStatus(BatchStatus.STOPPING);
        }
    }
}
