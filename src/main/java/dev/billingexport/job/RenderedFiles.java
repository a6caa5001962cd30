package dev.billingexport.job;

import dev.billingexport.report.RenderedFile;
import java.util.ArrayList;
import java.util.List;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * The results of a render partition, stored in its execution context for the manifest. The only class that knows the
 * keys.
 */
public final class RenderedFiles {

    private static final String NAME = "name";
    private static final String BYTES = "bytes";
    private static final String SHA_256 = "sha256";
    private static final String ROWS = "rows";

    private RenderedFiles() {}

    static void remember(List<RenderedFile> files, StepExecution worker) {
        ExecutionContext context = worker.getExecutionContext();
        for (int i = 0; i < files.size(); i++) {
            RenderedFile file = files.get(i);
            context.putString(key(NAME, i), file.name());
            context.putLong(key(BYTES, i), file.bytes());
            context.putString(key(SHA_256, i), file.sha256());
            context.putLong(key(ROWS, i), file.rows());
        }
    }

    /** Returns the files that this launch rendered, in the requested order. */
    public static List<RenderedFile> of(JobExecution job) {
        return job.getStepExecutions().stream()
                .filter(step -> step.getStepName().startsWith(RenderStep.NAME + ":"))
                .flatMap(worker -> files(worker).stream())
                .toList();
    }

    private static List<RenderedFile> files(StepExecution worker) {
        ExecutionContext context = worker.getExecutionContext();
        List<RenderedFile> files = new ArrayList<>();
        for (int i = 0; context.containsKey(key(NAME, i)); i++) {
            files.add(new RenderedFile(
                    context.getString(key(NAME, i)),
                    context.getLong(key(BYTES, i)),
                    context.getString(key(SHA_256, i)),
                    context.getLong(key(ROWS, i))));
        }
        return files;
    }

    private static String key(String what, int place) {
        return what + "." + place;
    }
}
