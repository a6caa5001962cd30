package dev.billingexport.job;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The job, as a table of contents: collect every window, confirm them until nothing is new, render, deliver. A run from
 * what another one collected begins with render.
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
