package dev.billingexport.job;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** The name of a partition's window or file, stored in its execution context. The only class that knows the key. */
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

    /** Returns whether the execution is that of a partition and not of a step of the job. */
    public static boolean isWorker(StepExecution execution) {
        return execution.getStepName().contains(":");
    }

    /** Returns whether the execution is that of a partition whose process died before the name was stored. */
    public static boolean isLost(StepExecution execution) {
        return isWorker(execution) && !execution.getExecutionContext().containsKey(KEY);
    }
}
