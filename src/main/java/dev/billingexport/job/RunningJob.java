package dev.billingexport.job;

import dev.billingexport.ledger.WindowLease;
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
 * Ends the job in this process early: on request, or after the first window or file that fails. What makes one of them
 * fail (refused credentials, an API that is down, a full disk) makes the others fail too.
 *
 * <p>This class only sets a flag; Batch sets the statuses. Each step checks the flag before it begins, and each window
 * at its commits. A step that has begun to deliver doesn't check it, because readers may already see the delivery.
 * Batch's own {@code JobOperator.stop} can't be used: it updates the rows of the job and its steps, and a concurrent
 * update of the same row by the job then fails. Thread-safe.
 */
@Component
public class RunningJob implements JobExecutionListener, StepExecutionListener, StepInterruptionPolicy {

    private static final long NONE = -1;

    private volatile long running = NONE;
    private volatile long ending = NONE;
    private volatile boolean leaving;

    @Override
    public void beforeJob(JobExecution execution) {
        running = execution.getId();
    }

    /** Requests the end. Does nothing where no job runs. */
    public void stop() {
        ending = running;
    }

    /** Ends all windows that this process works on, and all that begin later: the process is a worker that stops. */
    void leave() {
        leaving = true;
    }

    /** Returns whether the job was asked to end, or a part of it has failed. */
    boolean isEnding(StepExecution execution) {
        return leaving || execution.getJobExecutionId() == ending;
    }

    /**
     * Throws the exception that Batch treats as an interruption, so that the step is stopped before it does anything.
     */
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

    /** Asks the step to stop. An exception thrown here would mark the step as completed. */
    @Override
    public void checkInterrupted(StepExecution execution) {
        WindowLease lease = WindowLease.held();
        if (isEnding(execution) || lease != null && lease.isStopping()) {
            execution.setTerminateOnly();
        }
    }
}
