package dev.billingexport.job;

import dev.billingexport.ledger.Run;
import dev.billingexport.ledger.Runs;
import dev.billingexport.session.Window;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The step execution at hand in the words of the export, so that nobody else looks into Batch's. */
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

    /** The partition's window; only in a worker of collect or confirm. */
    Window window() {
        return Window.parse(Partition.name(execution));
    }

    /** The partition's file, or the first of several; only in a worker of render. */
    String fileName() {
        return Partition.name(execution);
    }

    /** The step's own name, without that of a partition. */
    String name() {
        return execution.getStepName();
    }

    StepExecution execution() {
        return execution;
    }
}
