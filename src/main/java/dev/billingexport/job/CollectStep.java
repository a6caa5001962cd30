package dev.billingexport.job;

import dev.billingexport.api.Credentials;
import dev.billingexport.api.ReportingClient;
import dev.billingexport.ledger.CollectedSession;
import dev.billingexport.ledger.Ledger;
import dev.billingexport.ledger.OpenWindow;
import dev.billingexport.session.Session;
import java.time.Clock;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Predicate;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.partition.support.SimpleStepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The steps {@code collect}, which reads every window once, and {@code confirm}, which reads all of them again: the same
 * worker, one partition a window.
 *
 * <p>Windows and sessions have a pool each, since a window waits for its sessions and would wait for ever in one bounded
 * pool; the second request of a session takes a third one's idle thread or, where there is none, its session's own.
 */
@Configuration(proxyBeanMethods = false)
class CollectStep {

    static final String COLLECT = "collect";
    static final String CONFIRM = "confirm";
    private static final String WINDOW = "window";

    /** Enough that while one window commits or lists, the others keep the API busy. */
    private static final int WINDOWS_AT_ONCE = 8;

    private static final int CHUNK = 100;

    @Bean
    ReportingClient reportingClient(ExportProperties properties, Credentials credentials, Clock clock) {
        return new ReportingClient(properties.source(), credentials, clock);
    }

    @Bean(COLLECT)
    Step collect(
            JobRepository repository,
            @Qualifier(WINDOW) Step window,
            Ledger ledger,
            CurrentStep step,
            ExportProgress progress,
            @Qualifier("windowExecutor") ThreadPoolTaskExecutor executor) {
        Predicate<OpenWindow> neverRead = open -> open.listings() == 0;
        return new StepBuilder(COLLECT, repository)
                .partitioner(window)
                .splitter(new SimpleStepExecutionSplitter(
                        repository, COLLECT, new WindowPartitioner(ledger, step, progress, neverRead)))
                .taskExecutor(executor)
                .build();
    }

    /** Starts again even where it completed: windows may have been left open by problems or by a later death. */
    @Bean(CONFIRM)
    Step confirm(
            JobRepository repository,
            @Qualifier(WINDOW) Step window,
            Ledger ledger,
            CurrentStep step,
            ExportProgress progress,
            @Qualifier("windowExecutor") ThreadPoolTaskExecutor executor) {
        return new StepBuilder(CONFIRM, repository)
                .allowStartIfComplete(true)
                .partitioner(window)
                .splitter(new SimpleStepExecutionSplitter(
                        repository, CONFIRM, new WindowPartitioner(ledger, step, progress, open -> true)))
                .taskExecutor(executor)
                .build();
    }

    @Bean(WINDOW)
    Step window(
            JobRepository repository,
            PlatformTransactionManager transactions,
            SessionPageReader reader,
            ReportingClient client,
            Ledger ledger,
            CurrentStep step,
            ExportProgress progress,
            WorkerListener listener,
            @Qualifier("sessionExecutor") ThreadPoolTaskExecutor sessions,
            @Qualifier("detailExecutor") ThreadPoolTaskExecutor details) {
        return new StepBuilder(WINDOW, repository)
                .<Session, CollectedSession>chunk(CHUNK)
                .reader(reader)
                .processor(new DetailProcessor(client, details))
                .writer(new LedgerWriter(ledger, step, progress))
                .transactionManager(transactions)
                .taskExecutor(sessions)
                .interruptionPolicy(listener)
                .listener(listener)
                .build();
    }

    @Bean
    @StepScope
    SessionPageReader reader(ReportingClient client, Ledger ledger, CurrentStep step, ExportProperties properties) {
        return new SessionPageReader(
                client,
                ledger,
                step.run(),
                step.window(),
                properties.source().filter(),
                properties.source().pageLength());
    }

    @Bean
    ThreadPoolTaskExecutor windowExecutor() {
        return pool("window-", WINDOWS_AT_ONCE);
    }

    @Bean
    ThreadPoolTaskExecutor sessionExecutor(ExportProperties properties) {
        return pool("session-", properties.source().maxInFlight());
    }

    @Bean
    ThreadPoolTaskExecutor detailExecutor(ExportProperties properties) {
        ThreadPoolTaskExecutor executor = pool("detail-", properties.source().maxInFlight());
        executor.setQueueCapacity(0);
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.CallerRunsPolicy());
        return executor;
    }

    private static ThreadPoolTaskExecutor pool(String name, int size) {
        ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
        executor.setThreadNamePrefix(name);
        executor.setCorePoolSize(size);
        executor.setMaxPoolSize(size);
        executor.setDaemon(true);
        return executor;
    }
}
