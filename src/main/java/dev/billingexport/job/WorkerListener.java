package dev.billingexport.job;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;

/** Counts finished windows and files. */
@Component
class WorkerListener implements StepExecutionListener {

    private final ExportProgress progress;

    WorkerListener(ExportProgress progress) {
        this.progress = progress;
    }

    @Override
    public @Nullable ExitStatus afterStep(StepExecution execution) {
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            progress.partDone();
        }
        return null;
    }
}
