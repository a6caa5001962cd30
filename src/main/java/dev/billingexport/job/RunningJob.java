package dev.billingexport.job;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.job.UnexpectedJobExecutionException;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.StepInterruptionPolicy;
import org.springframework.stereotype.Component;

/**
 * Ends the job that runs in this process before it is done: on request, or with the first window or file that fails. What
 * fails one of those (refused credentials, an API that is down, a full disk) fails the others as well.
 *
 * <p>It only asks; the statuses are Batch's. Each step looks before it begins, and each window at its commits. A step that
 * has begun to deliver looks no more: what readers may see can't be called stopped. Batch's own {@code JobOperator.stop}
 * writes the rows of the job and of its steps, and whichever of them is writing its row just then fails. Thread-safe.
 */
@Component
public class RunningJob implements JobExecutionListener, StepExecutionListener, StepInterruptionPolicy {

    private static final long NONE = -1;

    private volatile long running = NONE;
    private volatile long ending = NONE;

    @Override
    public void beforeJob(JobExecution execution) {
        running = execution.getId();
    }

    /** Does nothing where no job was begun. */
    public void stop() {
        ending = running;
    }

    /** Throws what Batch takes for an interruption, so that the step is stopped before it has done anything. */
    @Override
    public void beforeStep(StepExecution execution) {
        if (isEnding(execution)) {
            throw new UnexpectedJobExecutionException(
                    "The job ends before this step begins.", new JobInterruptedException("The job ends."));
        }
    }

    @Override
    public @Nullable ExitStatus afterStep(StepExecution execution) {
        if (execution.getStatus() == BatchStatus.FAILED) {
            ending = execution.getJobExecutionId();
        }
        return null;
    }

    /** Asks the step to stop; throwing here would end it as if it were complete. */
    @Override
    public void checkInterrupted(StepExecution execution) {
        if (isEnding(execution)) {
            execution.setTerminateOnly();
        }
    }

    private boolean isEnding(StepExecution execution) {
        return execution.getJobExecutionId() == ending;
    }
}
