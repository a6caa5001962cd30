package dev.billingexport.job;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Defines the job: collect every window, confirm the windows until nothing changes, render, deliver. A run that renders
 * what another run collected starts with render.
 */
@Configuration(proxyBeanMethods = false)
public class ExportJob {

    public static final String NAME = "export";

    @Bean
    Job export(
            JobRepository repository,
            RunningJob running,
            SourceDecider source,
            @Qualifier(CollectStep.COLLECT) Step collect,
            @Qualifier(CollectStep.CONFIRM) Step confirm,
            ConfirmationDecider confirmation,
            @Qualifier(RenderStep.NAME) Step render,
            @Qualifier(DeliverStep.NAME) Step deliver) {
        return new JobBuilder(NAME, repository)
                .listener(running)
                .start(source)
                .on(SourceDecider.LEDGER)
                .to(render)
                .from(source)
                .on(SourceDecider.API)
                .to(collect)
                .next(confirm)
                .next(confirmation)
                .on(ConfirmationDecider.MOVED)
                .to(confirm)
                .from(confirmation)
                .on(ConfirmationDecider.PROBLEMS)
                .fail()
                .from(confirmation)
                .on(ConfirmationDecider.CONFIRMED)
                .to(render)
                .next(deliver)
                .end()
                .build();
    }
}
