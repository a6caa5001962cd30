package dev.billingexport.run;

import dev.billingexport.job.ExportJob;
import dev.billingexport.job.ExportParameters;
import dev.billingexport.job.Partition;
import dev.billingexport.job.RenderedFiles;
import dev.billingexport.ledger.Run;
import dev.billingexport.report.RenderedFile;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
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

    /**
     * A step of a launch.
     *
     * @param status as Batch names it
     * @param started null where it did not start
     * @param ended null where it is running, or its process died
     */
    public record Step(
            String name,
            String status,
            @Nullable Instant started,
            @Nullable Instant ended) {

        private static Step of(StepExecution step) {
            return new Step(
                    step.getStepName(), step.getStatus().name(), utc(step.getStartTime()), utc(step.getEndTime()));
        }

        /** Batch keeps the machine's local time; everything else here is UTC. */
        private static @Nullable Instant utc(@Nullable LocalDateTime time) {
            return time == null
                    ? null
                    : time.atZone(ZoneId.systemDefault()).toInstant().truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /**
     * Returns how far a run got: {@code delivered}, {@code not_started}, {@code running}, {@code stopped}, {@code failed} or
     * {@code interrupted}.
     *
     * @param held whether this process holds the data directory: a run that seems to run has died then
     */
    public String status(Run run, boolean held) {
        if (run.delivered()) {
            return "delivered";
        }
        BatchStatus status = last(run).map(JobExecution::getStatus).orElse(null);
        if (status == null) {
            return "not_started";
        }
        if (!held && status.isRunning()) {
            return "running";
        }
        return switch (status) {
            case STOPPED -> "stopped";
            case FAILED -> "failed";
            default -> "interrupted";
        };
    }

    /** Returns the steps of all launches without partitions, the oldest first. */
    public List<Step> steps(Run run) {
        return executions(run)
                .flatMap(execution -> execution.getStepExecutions().stream())
                .filter(step -> !Partition.isWorker(step))
                .sorted((one, other) -> Long.compare(one.getId(), other.getId()))
                .map(Step::of)
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
