package dev.billingexport.run;

import dev.billingexport.job.ExportJob;
import dev.billingexport.job.Partition;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;

/**
 * Repairs Batch's metadata after a process died during a run. The data directory must be locked and no worker may hold
 * a lease of the run, which proves that no other process runs what looks like running. The order of the repairs matters.
 */
@Component
class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final JobRepository repository;
    private final JobOperator operator;

    Recovery(JobRepository repository, JobOperator operator) {
        this.repository = repository;
        this.operator = operator;
    }

    void recover(JobParameters parameters) {
        JobInstance instance = repository.getJobInstance(ExportJob.NAME, parameters);
        if (instance == null) {
            return;
        }
        JobExecution last = repository.getLastJobExecution(instance);
        if (last == null) {
            // The process died between the two inserts of a launch. An instance without an execution would make every
            // later launch fail.
            repository.deleteJobInstance(instance);
        } else if (isUnknown(last)) {
            // A commit was refused, or its answer was lost. Batch neither restarts nor recovers such an execution,
            // because
            // other data than Batch's may be incomplete. The ledger is complete: it is in the same transactions.
            repository.deleteJobExecution(last);
            recover(parameters);
        } else {
            recover(last);
        }
    }

    private static boolean isUnknown(JobExecution execution) {
        return execution.getStatus() == BatchStatus.UNKNOWN
                || execution.getStepExecutions().stream().anyMatch(step -> step.getStatus() == BatchStatus.UNKNOWN);
    }

    private void recover(JobExecution execution) {
        boolean died = execution.getStatus().isRunning();
        if (died) {
            LOG.info("An earlier process died during this run; continuing with what it had collected.");
        }
        // A stop that could not wait for its requests leaves the job STOPPED and its steps STARTED.
        if (died
                || execution.getStepExecutions().stream()
                        .anyMatch(step -> step.getStatus().isRunning())) {
            operator.recover(execution);
        }
        // The process died while partitions were created. Later launches would copy the empty context again and again.
        for (StepExecution step : List.copyOf(execution.getStepExecutions())) {
            if (Partition.isLost(step)) {
                repository.deleteStepExecution(step);
            }
        }
    }
}
