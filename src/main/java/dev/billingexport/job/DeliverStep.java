package dev.billingexport.job;

import dev.billingexport.delivery.Delivery;
import dev.billingexport.delivery.Manifest;
import dev.billingexport.ledger.Run;
import dev.billingexport.ledger.Runs;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Defines the step {@code deliver}: delivers the rendered files and then marks the run as delivered. A crash between
 * the two is harmless, because the next launch recognizes the delivery.
 */
@Configuration(proxyBeanMethods = false)
class DeliverStep {

    static final String NAME = "deliver";

    @Bean
    Delivery delivery(ExportProperties properties) {
        return Delivery.at(properties.delivery());
    }

    @Bean(NAME)
    Step deliver(
            JobRepository repository,
            PlatformTransactionManager transactions,
            Delivery delivery,
            Manifests manifests,
            Reports reports,
            WorkFolder workFolder,
            Runs runs,
            CurrentStep step,
            ExportProgress progress,
            RunningJob running,
            Clock clock) {
        return new StepBuilder(NAME, repository)
                .tasklet(
                        (contribution, context) -> {
                            progress.begin(NAME, 0, "files");
                            Run run = step.run();
                            // Truncated to milliseconds, as the run stores it, so that manifest and run state the same
                            // time.
                            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
                            Manifest manifest = manifests.manifest(
                                    run, RenderedFiles.of(step.execution().getJobExecution()), reports.begun(), now);
                            URI location = delivery.deliver(workFolder.of(run), manifest);
                            runs.delivered(run, location, deliveredAt(delivery, manifest));
                            workFolder.sweep(run);
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .listener((StepExecutionListener) running)
                .build();
    }

    /**
     * Returns the manifest's time, not the present: an earlier launch may have completed the delivery and died before
     * it marked the run.
     */
    private static Instant deliveredAt(Delivery delivery, Manifest manifest) {
        return delivery.revision(manifest.export(), manifest.period().label(), manifest.revision())
                .map(Manifest::deliveredAt)
                .orElse(manifest.deliveredAt());
    }
}
