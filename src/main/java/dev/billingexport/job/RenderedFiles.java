package dev.billingexport.job;

import dev.billingexport.report.RenderedFile;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** What a render worker made, kept in its execution context for the manifest. Nobody else knows the keys. */
final class RenderedFiles {

    private static final String BYTES = "bytes";
    private static final String SHA_256 = "sha256";
    private static final String ROWS = "rows";

    private RenderedFiles() {}

    static void remember(RenderedFile file, StepExecution worker) {
        ExecutionContext context = worker.getExecutionContext();
        context.putLong(BYTES, file.bytes());
        context.putString(SHA_256, file.sha256());
        context.putLong(ROWS, file.rows());
    }

    /** The files that this launch rendered, in the order in which they were asked for. */
    static List<RenderedFile> of(JobExecution job) {
        return job.getStepExecutions().stream()
                .filter(step -> step.getStepName().startsWith(RenderStep.NAME + ":"))
                .map(RenderedFiles::file)
                .toList();
    }

    private static RenderedFile file(StepExecution worker) {
        ExecutionContext context = worker.getExecutionContext();
        return new RenderedFile(
                Partition.name(worker),
                context.getLong(BYTES),
                Objects.requireNonNull((@Nullable String) context.get(SHA_256)),
                context.getLong(ROWS));
    }
}
