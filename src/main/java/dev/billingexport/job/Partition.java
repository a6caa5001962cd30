package dev.billingexport.job;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** What a partition works on, a window's or a file's name, kept in its execution context. Nobody else knows the key. */
public final class Partition {

    private static final String KEY = "partition";

    private Partition() {}

    static ExecutionContext context(String name) {
        ExecutionContext context = new ExecutionContext();
        context.putString(KEY, name);
        return context;
    }

    static String name(StepExecution execution) {
        return Objects.requireNonNull(
                (@Nullable String) execution.getExecutionContext().get(KEY));
    }

    /** Whether the execution is a worker's, not that of a step of the job. */
    public static boolean isWorker(StepExecution execution) {
        return execution.getStepName().contains(":");
    }

    /** Whether the execution is a worker's that died before it was told what to work on. */
    public static boolean isLost(StepExecution execution) {
        return isWorker(execution) && !execution.getExecutionContext().containsKey(KEY);
    }
}
