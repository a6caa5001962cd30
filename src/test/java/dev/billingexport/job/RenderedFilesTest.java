package dev.billingexport.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.report.RenderedFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.step.StepExecution;

class RenderedFilesTest {

    private final JobExecution job = new JobExecution(1, new JobInstance(1, ExportJob.NAME), new JobParameters());

    @Test
    void allFilesOfAPassAreRemembered() {
        RenderedFile one = new RenderedFile("sessions.csv", 10, "a1", 2);
        RenderedFile other = new RenderedFile("recordings.csv", 20, "b2", 0);

        RenderedFiles.remember(List.of(one, other), worker("sessions.csv"));

        assertThat(RenderedFiles.of(job)).containsExactly(one, other);
    }

    private StepExecution worker(String file) {
        StepExecution worker = new StepExecution(1, "render:" + file, job);
        worker.setExecutionContext(Partition.context(file));
        job.addStepExecution(worker);
        return worker;
    }
}
