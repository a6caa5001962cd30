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
 * Hands partitions out in the order in which the partitioner names them, where Batch has none: files begin with the one
 * that takes longest, and windows follow each other, as their sessions do in the ledger.
 */
final class PartitionsInOrder extends SimpleStepExecutionSplitter {

    PartitionsInOrder(JobRepository repository, String step, Partitioner partitioner) {
        super(repository, step, partitioner);
    }

    @Override
    public Set<StepExecution> split(StepExecution step, int gridSize) throws JobExecutionException {
        // Each gets its id as it is named.
        Set<StepExecution> inOrder = new TreeSet<>(Comparator.comparing(StepExecution::getId));
        inOrder.addAll(super.split(step, gridSize));
        return inOrder;
    }
}
