package dev.billingexport.job;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.StepInterruptionPolicy;
import org.springframework.stereotype.Component;

/**
 * Counts the windows and files that are done, and ends all of them with the first that fails: what stops one (refused
 * credentials, an API that is down, a full disk) stops the others as well, and there is no use in trying it sixty times.
 */
@Component
class WorkerListener implements StepExecutionListener, StepInterruptionPolicy {

    private final ExportProgress progress;
    private volatile long failedJob = -1;

    WorkerListener(ExportProgress progress) {
        this.progress = progress;
    }

    @Override
    public void beforeStep(StepExecution execution) {
        checkInterrupted(execution);
    }

    @Override
    public @Nullable ExitStatus afterStep(StepExecution execution) {
        if (execution.getStatus() == BatchStatus.FAILED) {
            failedJob = execution.getJobExecutionId();
        }
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            progress.partDone();
        }
        return null;
    }

    /** Asks the step to stop; throwing here would end it as if it were complete. */
    @Override
    public void checkInterrupted(StepExecution execution) {
        if (execution.getJobExecutionId() == failedJob) {
            execution.setTerminateOnly();
        }
    }
}
