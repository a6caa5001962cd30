package dev.billingexport.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.test.MetaDataInstanceFactory;

class PartitionTest {

    private static final String NAME = "vc 2026-10-01T00:00:00Z 2026-10-02T00:00:00Z";

    @Test
    void aWorkerKnowsItsPartByItsContext() {
        StepExecution worker = step("collect:" + NAME + " #0");
        worker.setExecutionContext(Partition.context(NAME));

        assertThat(Partition.name(worker)).isEqualTo(NAME);
        assertThat(Partition.isWorker(worker)).isTrue();
        assertThat(Partition.isLost(worker)).isFalse();
    }

    @Test
    void aWorkerWithoutAPartIsLost() {
        assertThat(Partition.isLost(step("collect:" + NAME + " #0"))).isTrue();
    }

    @Test
    void aStepOfTheJobIsNoWorkerAndNeverLost() {
        assertThat(Partition.isWorker(step("collect"))).isFalse();
        assertThat(Partition.isLost(step("collect"))).isFalse();
    }

    private static StepExecution step(String name) {
        JobExecution job = MetaDataInstanceFactory.createJobExecution();
        return MetaDataInstanceFactory.createStepExecution(job, name, 7L);
    }
}
