package dev.billingexport.job;

import dev.billingexport.api.ApiException;
import dev.billingexport.ledger.Reopening;
import dev.billingexport.ledger.Run;
import dev.billingexport.ledger.Runs;
import dev.billingexport.ledger.WindowLease;
import dev.billingexport.ledger.WindowLeases;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.scope.context.StepContext;
import org.springframework.batch.core.scope.context.StepSynchronizationManager;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** The work on single windows, for processes that share the windows of a launch among them. Thread-safe. */
@Component
public class WindowWork {

    private final Step window;
    private final JobRepository repository;
    private final RunningJob running;
    private final WindowPages pages;
    private final Reopening reopening;
    private final Runs runs;
    private final WindowLeases leases;

    WindowWork(
            @Qualifier(CollectStep.WINDOW) Step window,
            JobRepository repository,
            RunningJob running,
            WindowPages pages,
            Reopening reopening,
            Runs runs,
            WindowLeases leases) {
        this.window = window;
        this.repository = repository;
        this.running = running;
        this.pages = pages;
        this.reopening = reopening;
        this.runs = runs;
        this.leases = leases;
    }

    /** The run that a step's execution belongs to. */
    public Run run(StepExecution execution) {
        return runs.find(ExportParameters.key(execution.getJobParameters())).orElseThrow();
    }

    /**
     * Works on a window of another process's launch. It ends completed, failed or stopped by that launch; or the lease is
     * lost or given back, and the window is as whoever takes it next finds it.
     *
     * @return the execution as it is here, which is not what the database has where the lease is lost or given back; null
     *     where the window needs no more work
     */
    public @Nullable StepExecution work(WindowLease lease) {
        StepExecution execution = repository.getStepExecution(lease.stepExecution());
        if (execution == null || !execution.getStatus().isRunning()) {
            return null;
        }
        Run run = run(execution);
        pages.begin(run.key().period(), List.of(), reopening.reach(run), 0);
        lease.hold(() -> beforeCommit(lease), () -> execute(execution));
        return execution;
    }

    /** Has the windows of other launches end here at their next commit; they go on elsewhere. */
    public void leave() {
        running.leave();
    }

    /** Whether this process's launch was asked to end. */
    public boolean isEnding(StepExecution execution) {
        return running.isEnding(execution);
    }

    /** Has this process's launch end. */
    public void end() {
        running.stop();
    }

    /** Has Batch enter that a window was stopped, which nobody works on. The launch must be ending. */
    public void stop(long stepExecution) {
        StepExecution execution = repository.getStepExecution(stepExecution);
        if (execution != null && execution.getStatus().isRunning()) {
            execute(execution);
        }
    }

    private void execute(StepExecution execution) {
        try {
            window.execute(execution);
        } catch (JobInterruptedException e) {
            throw new IllegalStateException("A step enters its interruption, and throws none", e);
        }
    }

    /** A window that ends here only because this process can't go on has not ended. */
    private void beforeCommit(WindowLease lease) {
        StepContext context = StepSynchronizationManager.getContext();
        if (context == null) {
            return;
        }
        StepExecution execution = context.getStepExecution();
        switch (execution.getStatus()) {
            case STOPPED -> {
                if (!lease.isStopping()) {
                    lease.giveBack(null);
                }
            }
            case FAILED -> {
                Throwable failure = Failures.first(execution.getFailureExceptions());
                if (failure != null && isOfThisProcess(failure)) {
                    lease.giveBack(failure);
                } else {
                    leases.failed(lease, failure == null ? "" : String.valueOf(failure.getMessage()));
                }
            }
            // Its end could not be entered, and Batch tries once more to enter that.
            case UNKNOWN -> lease.giveBack(Failures.first(execution.getFailureExceptions()));
            default -> {}
        }
    }

    /**
     * Whether another process may well do what this one can't: its connection to the database or its credentials differ,
     * or this one ends.
     */
    private static boolean isOfThisProcess(Throwable failure) {
        return failure instanceof ApiException.Denied
                || failure instanceof CancellationException
                || Failures.isDatabase(failure);
    }
}
