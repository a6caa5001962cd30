package dev.billingexport.job;

import dev.billingexport.api.Credentials;
import dev.billingexport.api.Network;
import dev.billingexport.api.ReportingClient;
import dev.billingexport.api.SharedTurns;
import dev.billingexport.ledger.CollectedSession;
import dev.billingexport.ledger.Ledger;
import dev.billingexport.ledger.OpenWindow;
import dev.billingexport.ledger.Reopening;
import dev.billingexport.ledger.Run;
import dev.billingexport.session.Session;
import java.time.Clock;
import java.util.function.Predicate;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.PartitionStepBuilder;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Defines the steps {@code collect}, which reads every window once, and {@code confirm}, which reads all open windows
 * again. Both use the same worker, with one partition a window.
 *
 * <p>Windows and sessions have separate thread pools: a window waits for its sessions, and in one bounded pool the
 * windows could wait for ever. More windows are confirmed at once than collected, because most have nothing to fetch
 * and only wait for one page after the other.
 *
 * <p>If a {@link PartitionHandler} is there, it hands the windows to worker processes instead; see {@link WindowWork}.
 */
@Configuration(proxyBeanMethods = false)
class CollectStep {

    static final String COLLECT = "collect";
    static final String CONFIRM = "confirm";
    static final String WINDOW = "window";

    /** Enough windows to keep the API busy while one window commits or lists. */
    private static final int COLLECTED_AT_ONCE = 8;

    /** Each window holds a database connection: no more than the connection pool has. */
    private static final int CONFIRMED_AT_ONCE = 32;

    /** Sessions in progress for each request in flight. The others wait for a retry or are parsed. */
    private static final int SESSIONS_PER_REQUEST = 2;

    /** Rows of the confirming pass that may wait in memory for their workers: about ten megabytes. */
    private static final long ROWS_AHEAD = 20_000;

    private static final int CHUNK = 100;

    @Bean
    Network network(ExportProperties properties, Environment environment, SslBundles bundles) {
        return Network.of(properties.source(), environment::getProperty, bundles);
    }

    @Bean
    ReportingClient reportingClient(
            ExportProperties properties,
            Network network,
            Credentials credentials,
            Clock clock,
            ObjectProvider<SharedTurns> turns) {
        return new ReportingClient(properties.source(), network, credentials, clock, turns.getIfAvailable());
    }

    @Bean
    WindowPages windowPages(
            ReportingClient client,
            ExportProperties properties,
            Clock clock,
            @Qualifier("sessionExecutor") ThreadPoolTaskExecutor executor) {
        return new WindowPages(client, properties.source(), executor, clock);
    }

    @Bean(COLLECT)
    Step collect(
            JobRepository repository,
            @Qualifier(WINDOW) Step window,
            Ledger ledger,
            Reopening reopening,
            CurrentStep step,
            ExportProgress progress,
            WindowPages pages,
            RunningJob running,
            ObjectProvider<PartitionHandler> workers,
            @Qualifier("collectExecutor") ThreadPoolTaskExecutor executor) {
        Predicate<OpenWindow> neverRead = open -> open.listings() == 0;
        PartitionStepBuilder builder = new StepBuilder(COLLECT, repository)
                .listener((StepExecutionListener) running)
                .listener(new WindowPass(ledger, reopening, step, pages, neverRead, 0))
                .partitioner(window)
                .splitter(new PartitionsInOrder(
                        repository, COLLECT, new WindowPartitioner(ledger, step, progress, neverRead)))
                .taskExecutor(executor);
        workers.ifAvailable(builder::partitionHandler);
        return builder.build();
    }

    /** Runs again even if it completed: problems or a crash may have left windows open. */
    @Bean(CONFIRM)
    Step confirm(
            JobRepository repository,
            @Qualifier(WINDOW) Step window,
            Ledger ledger,
            Reopening reopening,
            CurrentStep step,
            ExportProgress progress,
            WindowPages pages,
            RunningJob running,
            ObjectProvider<PartitionHandler> workers,
            @Qualifier("confirmExecutor") ThreadPoolTaskExecutor executor) {
        Predicate<OpenWindow> all = open -> true;
        long rowsAhead = workers.getIfAvailable() == null ? ROWS_AHEAD : 0;
        PartitionStepBuilder builder = new StepBuilder(CONFIRM, repository)
                .allowStartIfComplete(true)
                .listener((StepExecutionListener) running)
                .listener(new WindowPass(ledger, reopening, step, pages, all, rowsAhead))
                .partitioner(window)
                .splitter(
                        new PartitionsInOrder(repository, CONFIRM, new WindowPartitioner(ledger, step, progress, all)))
                .taskExecutor(executor);
        workers.ifAvailable(builder::partitionHandler);
        return builder.build();
    }

    @Bean(WINDOW)
    Step window(
            JobRepository repository,
            PlatformTransactionManager transactions,
            SessionPageReader sessions,
            FetchAhead ahead,
            Ledger ledger,
            CurrentStep step,
            ExportProgress progress,
            RunningJob running,
            WorkerListener done,
            UnreadFieldsListener unreadFields) {
        return new StepBuilder(WINDOW, repository)
                        .<Session, CollectedSession>chunk(CHUNK)
                        .reader(ahead)
                        .processor(ahead)
                        .writer(new LedgerWriter(ledger, step, progress))
                        .stream(new ListingWriter(ledger, step, sessions, ahead))
                        .transactionManager(transactions)
                        .interruptionPolicy(running)
                        .listener((StepExecutionListener) running)
                        .listener((StepExecutionListener) done)
                        .listener((StepExecutionListener) unreadFields)
                        .build();
    }

    @Bean
    @StepScope
    SessionPageReader sessions(WindowPages pages, Ledger ledger, CurrentStep step, ExportProperties properties) {
        Run run = step.run();
        return new SessionPageReader(
                pages.of(run.key().period(), step.window()),
                ledger,
                run,
                properties.source().wanted());
    }

    @Bean
    @StepScope
    FetchAhead ahead(
            SessionPageReader sessions,
            ReportingClient client,
            CurrentStep step,
            Clock clock,
            @Qualifier("sessionExecutor") ThreadPoolTaskExecutor executor) {
        return new FetchAhead(
                sessions,
                new DetailProcessor(client, step.window(), clock),
                executor.getThreadPoolExecutor(),
                executor.getMaxPoolSize());
    }

    @Bean
    ThreadPoolTaskExecutor collectExecutor() {
        return pool("window-", COLLECTED_AT_ONCE);
    }

    @Bean
    ThreadPoolTaskExecutor confirmExecutor(ExportProperties properties) {
        return pool("window-", Math.min(CONFIRMED_AT_ONCE, properties.source().maxInFlight()));
    }

    @Bean
    ThreadPoolTaskExecutor sessionExecutor(ExportProperties properties) {
        return pool("session-", SESSIONS_PER_REQUEST * properties.source().maxInFlight());
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
