package dev.billingexport.run;

import dev.billingexport.job.ExportJob;
import dev.billingexport.job.Partition;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;

/**
 * Puts Batch's metadata in order after a process that died in the middle of a run. To be called while the data directory
 * is held, for then nobody else can be running what looks as if it were. The order of the repairs matters.
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
            // Died between the two inserts of a launch; every later launch would trip over the lone instance.
            repository.deleteJobInstance(instance);
        } else {
            recover(last);
        }
    }

    private void recover(JobExecution execution) {
        boolean died = execution.getStatus().isRunning();
        if (died) {
            LOG.info("An earlier process died in the middle of this work; going on with what it had collected.");
        }
        // A stop that could not wait for its requests leaves the job STOPPED and its steps STARTED.
        if (died
                || execution.getStepExecutions().stream()
                        .anyMatch(step -> step.getStatus().isRunning())) {
            operator.recover(execution);
        }
        // Died while partitions were being made: later launches would copy the empty context for ever.
        for (StepExecution step : List.copyOf(execution.getStepExecutions())) {
            if (Partition.isLost(step)) {
                repository.deleteStepExecution(step);
            }
        }
    }
}
