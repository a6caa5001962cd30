package dev.billingexport.job;

import dev.billingexport.ledger.Run;
import dev.billingexport.ledger.Runs;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.flow.FlowExecutionStatus;
import org.springframework.batch.core.job.flow.JobExecutionDecider;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;

/** Decides where a run's sessions come from: the API, or only the ledger, which holds what another run collected. */
@Component
class SourceDecider implements JobExecutionDecider {

    static final String API = "API";
    static final String LEDGER = "LEDGER";

    private final Runs runs;

    SourceDecider(Runs runs) {
        this.runs = runs;
    }

    @Override
    public FlowExecutionStatus decide(JobExecution job, @Nullable StepExecution lastStep) {
        Run run = runs.find(ExportParameters.key(job.getJobParameters())).orElseThrow();
        return new FlowExecutionStatus(run.renderedFrom() == null ? API : LEDGER);
    }
}
