package dev.billingexport.job;

import dev.billingexport.ledger.Run;
import dev.billingexport.report.RenderedFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Defines the step {@code render}: writes each file from the ledger to the work folder. A partition renders one file,
 * or several that one pass over the sessions can write. Every launch renders all files again, because files in the work
 * folder may be damaged after a crash; the same ledger gives the same bytes.
 */
@Configuration(proxyBeanMethods = false)
class RenderStep {

    static final String NAME = "render";
    private static final String FILE = "file";

    /** A workbook keeps one core busy, and the text files share another. */
    private static final int FILES_AT_ONCE = 2;

    @Bean(NAME)
    Step render(
            JobRepository repository,
            @Qualifier(FILE) Step file,
            Reports reports,
            CurrentStep step,
            ExportProgress progress,
            RunningJob running,
            @Qualifier("fileExecutor") ThreadPoolTaskExecutor executor) {
        Partitioner oneEachFile = gridSize -> {
            Map<String, ExecutionContext> partitions = new LinkedHashMap<>();
            reports.begun().passes().forEach(pass -> partitions.put(pass.get(0), Partition.context(pass.get(0))));
            progress.begin(step.name(), partitions.size(), "files");
            return partitions;
        };
        PartitionsInOrder splitter = new PartitionsInOrder(repository, NAME, oneEachFile);
        splitter.setAllowStartIfComplete(true);
        return new StepBuilder(NAME, repository)
                .allowStartIfComplete(true)
                .listener((StepExecutionListener) running)
                .listener((StepExecutionListener) reports)
                .partitioner(file)
                .splitter(splitter)
                .taskExecutor(executor)
                .build();
    }

    @Bean(FILE)
    Step file(
            JobRepository repository,
            PlatformTransactionManager transactions,
            Reports reports,
            WorkFolder workFolder,
            CurrentStep step,
            RunningJob running,
            WorkerListener done) {
        return new StepBuilder(FILE, repository)
                .tasklet(
                        (contribution, context) -> {
                            Run run = step.run();
                            List<RenderedFile> rendered = reports.begun().render(step.fileName(), workFolder.of(run));
                            RenderedFiles.remember(rendered, step.execution());
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .listener((StepExecutionListener) running)
                .listener((StepExecutionListener) done)
                .build();
    }

    @Bean
    ThreadPoolTaskExecutor fileExecutor() {
        ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
        executor.setThreadNamePrefix("file-");
        executor.setCorePoolSize(FILES_AT_ONCE);
        executor.setDaemon(true);
        return executor;
    }
}
