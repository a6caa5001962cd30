package dev.billingexport.run;

import dev.billingexport.job.ExportJob;
import dev.billingexport.job.ExportParameters;
import dev.billingexport.job.Partition;
import dev.billingexport.job.RenderedFiles;
import dev.billingexport.ledger.Run;
import dev.billingexport.report.RenderedFile;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;

/**
 * Reads a run's launches from Batch's metadata. A launch that seems to run may be dead: only a process that holds the
 * data directory knows.
 */
@Component
public class RunHistory {

    private final JobRepository repository;

    RunHistory(JobRepository repository) {
        this.repository = repository;
    }

    /** Returns how a run's last launch ended; null where it was never launched. */
    public @Nullable BatchStatus status(Run run) {
        return last(run).map(JobExecution::getStatus).orElse(null);
    }

    /** Returns the steps of all launches without partitions, the oldest first. */
    public List<StepExecution> steps(Run run) {
        return executions(run)
                .flatMap(execution -> execution.getStepExecutions().stream())
                .filter(step -> !Partition.isWorker(step))
                .sorted((one, other) -> Long.compare(one.getId(), other.getId()))
                .toList();
    }

    /** Returns the files of a delivered run, as they were rendered. */
    public List<RenderedFile> files(Run run) {
        return last(run).filter(last -> run.delivered()).map(RenderedFiles::of).orElse(List.of());
    }

    /** Deletes the metadata of a run's launches. */
    public void forget(Run run) {
        instance(run).ifPresent(repository::deleteJobInstance);
    }

    private Optional<JobExecution> last(Run run) {
        return instance(run).map(repository::getLastJobExecution);
    }

    private Stream<JobExecution> executions(Run run) {
        return instance(run).stream().flatMap(instance -> repository.getJobExecutions(instance).stream());
    }

    private Optional<JobInstance> instance(Run run) {
        return Optional.ofNullable(repository.getJobInstance(ExportJob.NAME, ExportParameters.of(run.key())));
    }
}
