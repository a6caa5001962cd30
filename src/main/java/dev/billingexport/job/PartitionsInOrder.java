package dev.billingexport.job;

import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.partition.support.SimpleStepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Keeps the partitions in the order of the partitioner's names, whereas Batch has no order. Files start with the
 * slowest one, and windows are processed in the order of their sessions in the ledger.
 */
final class PartitionsInOrder extends SimpleStepExecutionSplitter {

    PartitionsInOrder(JobRepository repository, String step, Partitioner partitioner) {
        super(repository, step, partitioner);
    }

    @Override
    public Set<StepExecution> split(StepExecution step, int gridSize) throws JobExecutionException {
        // Ids ascend in the order of creation.
        Set<StepExecution> inOrder = new TreeSet<>(Comparator.comparing(StepExecution::getId));
        inOrder.addAll(super.split(step, gridSize));
        return inOrder;
    }
}
