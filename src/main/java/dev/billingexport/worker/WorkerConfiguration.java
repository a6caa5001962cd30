package dev.billingexport.worker;

import dev.billingexport.api.Credentials;
import dev.billingexport.api.SharedTurns;
import dev.billingexport.job.ExportProgress;
import dev.billingexport.job.ExportProperties;
import dev.billingexport.job.WindowWork;
import dev.billingexport.ledger.RequestTurns;
import dev.billingexport.ledger.WindowLeases;
import dev.billingexport.ledger.Workers;
import dev.billingexport.session.Scope;
import dev.billingexport.worker.RemoteWindows.Patience;
import java.time.Duration;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** What shares the windows of a run among processes; nothing at all without a broker. */
@Configuration(proxyBeanMethods = false)
@Conditional(WithBroker.class)
public class WorkerConfiguration {

    @Bean
    SharedSettings sharedSettings(ExportProperties properties, Scope scope, BuildProperties build) {
        return SharedSettings.of(properties, scope, build);
    }

    /** An account's limit is one, however many processes ask the API. */
    @Bean
    SharedTurns sharedTurns(RequestTurns turns, Credentials credentials) {
        return new AccountTurns(turns, credentials.account());
    }

    @Bean
    Broker broker(ExportProperties properties, SharedSettings settings, Workers workers) {
        return new Broker(properties.workers(), settings.queue(workers.ledger(), properties.name()));
    }

    @Bean
    Patience patience() {
        return new Patience(Duration.ofMinutes(1), Duration.ofSeconds(30));
    }

    @Bean
    RemoteWindows remoteWindows(
            Broker broker,
            WindowLeases leases,
            Workers workers,
            WindowWork work,
            JobRepository repository,
            ExportProgress progress,
            SharedSettings settings,
            Patience patience) {
        return new RemoteWindows(broker, leases, workers, work, repository, progress, settings.text(), patience);
    }

    @Bean
    WindowWorker windowWorker(
            Broker broker,
            WindowLeases leases,
            Workers workers,
            WindowWork work,
            ExportProgress progress,
            ExportProperties properties,
            SharedSettings settings) {
        return new WindowWorker(broker, leases, workers, work, progress, properties.name(), settings);
    }
}
