package dev.billingexport.job;

import dev.billingexport.ledger.Run;
import dev.billingexport.ledger.Runs;
import dev.billingexport.session.Window;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The current step execution in the export's terms, so that no other class reads Batch's execution contexts. */
@Component
@StepScope
class CurrentStep {

    private final StepExecution execution;
    private final Run run;

    CurrentStep(@Value("#{stepExecution}") StepExecution execution, Runs runs) {
        this.execution = execution;
        this.run = runs.find(ExportParameters.key(execution.getJobParameters())).orElseThrow();
    }

    Run run() {
        return run;
    }

    /** Returns the partition's window. Valid only in a worker of collect or confirm. */
    Window window() {
        return Window.parse(Partition.name(execution));
    }

    /** Returns the partition's file, or the first of several. Valid only in a worker of render. */
    String fileName() {
        return Partition.name(execution);
    }

    /** Returns the step's name without that of the partition. */
    String name() {
        return execution.getStepName();
    }

    StepExecution execution() {
        return execution;
    }
}
