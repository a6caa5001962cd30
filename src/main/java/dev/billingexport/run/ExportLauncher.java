package dev.billingexport.run;

import dev.billingexport.api.SourceProperties;
import dev.billingexport.job.AcceptedProblems;
import dev.billingexport.job.ExportJob;
import dev.billingexport.job.ExportParameters;
import dev.billingexport.job.ExportProgress;
import dev.billingexport.job.ExportProperties;
import dev.billingexport.job.Failures;
import dev.billingexport.job.RunningJob;
import dev.billingexport.ledger.EarlierRuns;
import dev.billingexport.ledger.Ledger;
import dev.billingexport.ledger.LedgerContents;
import dev.billingexport.ledger.Reopening;
import dev.billingexport.ledger.Run;
import dev.billingexport.ledger.Runs;
import dev.billingexport.ledger.WindowLeases;
import dev.billingexport.session.Period;
import dev.billingexport.session.Scope;
import dev.billingexport.session.Window;
import java.time.Clock;
import java.util.List;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobExecutionNotRunningException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Launches a run, for the first time or again, and waits for its end. Runs one launch at a time, in a process that
 * holds the data directory. {@link #stop} may be called from any thread.
 */
@Component
public class ExportLauncher {

    private final Job job;
    private final JobOperator operator;
    private final JobRepository repository;
    private final Recovery recovery;
    private final RunningJob running;
    private final WindowLeases leases;
    private final Runs runs;
    private final Ledger ledger;
    private final Reopening reopening;
    private final EarlierRuns earlierRuns;
    private final LedgerContents contents;
    private final ExportProgress progress;
    private final ExportProperties properties;
    private final Scope scope;
    private final AcceptedProblems accepted;
    private final String databaseUrl;
    private final Clock clock;

    ExportLauncher(
            Job job,
            JobOperator operator,
            JobRepository repository,
            Recovery recovery,
            RunningJob running,
            WindowLeases leases,
            Runs runs,
            Ledger ledger,
            Reopening reopening,
            EarlierRuns earlierRuns,
            LedgerContents contents,
            ExportProgress progress,
            ExportProperties properties,
            Scope scope,
            AcceptedProblems accepted,
            @Value("${spring.datasource.url}") String databaseUrl,
            Clock clock) {
        this.job = job;
        this.operator = operator;
        this.repository = repository;
        this.recovery = recovery;
        this.running = running;
        this.leases = leases;
        this.runs = runs;
        this.ledger = ledger;
        this.reopening = reopening;
        this.earlierRuns = earlierRuns;
        this.contents = contents;
        this.progress = progress;
        this.properties = properties;
        this.scope = scope;
        this.accepted = accepted;
        this.databaseUrl = databaseUrl;
        this.clock = clock;
    }

    /**
     * Runs until the delivery, a failure or a stop. Collected sessions are kept in each case, and another launch
     * continues from there.
     *
     * @param refresh whether to collect again what earlier runs had closed; revisions after the first always do
     * @param acceptProblems whether to deliver although some sessions could not be collected
     */
    public Outcome launch(Run run, boolean refresh, boolean acceptProblems) {
        accepted.accept(acceptProblems);
        JobParameters parameters = ExportParameters.of(run.key());
        leases.revoke(run);
        recovery.recover(parameters);
        if (run.renderedFrom() == null) {
            prepareToCollect(run, refresh);
        }
        progress.found(contents.sessionCount(run));
        Outcome outcome;
        try {
            JobExecution execution = operator.start(job, parameters);
            outcome = runs.find(run.id()).orElseThrow().delivered()
                    ? new Outcome(Outcome.Kind.DELIVERED, null)
                    : outcome(execution);
        } catch (JobExecutionException | RuntimeException e) {
            outcome = new Outcome(Outcome.Kind.FAILED, e);
        }
        // After a database failure it is random which statement fails first, and whether Batch can record the failure.
        Throwable failure = outcome.failure();
        return failure != null && Failures.isDatabase(failure)
                ? new Outcome(outcome.kind(), new LedgerException(databaseUrl, properties.dataDir(), failure))
                : outcome;
    }

    private void prepareToCollect(Run run, boolean refresh) {
        boolean begun = ledger.fixWindows(run, scope.listingFingerprint(), windows(run));
        if (!begun && properties.source().dateFilter() == SourceProperties.DateFilter.NONE) {
            ledger.joinWindows(run, scope.listingFingerprint(), windows(run));
        }
        if (!begun) {
            ledger.forgetChanges(run);
            reopening.unsettled(run, properties.source().settle(), clock.instant());
        } else if (!refresh && run.key().revision() == 1) {
            earlierRuns.reuse(run, properties.source().settle());
        }
    }

    /**
     * Asks the running launch to end at its next commit. Does nothing if none is running. Has no effect on a launch
     * that has begun to deliver.
     */
    public void stop() {
        running.stop();
    }

    /**
     * Records in Batch's metadata that the running launch was stopped, for a launch that can't end because its requests
     * hang. To be called just before the process ends, because the job's threads don't know of it. Windows that seem to
     * run afterwards are repaired by the next launch.
     */
    public void stopped() {
        for (JobExecution execution : repository.findRunningJobExecutions(ExportJob.NAME)) {
            try {
                operator.stop(execution);
            } catch (JobExecutionNotRunningException e) {
                throw new IllegalStateException("It has just ended by itself", e);
            }
        }
    }

    /** One window an application where the API knows no dates: each listing then holds all sessions of the API. */
    private List<Window> windows(Run run) {
        Period period = run.key().period();
        if (properties.source().dateFilter() == SourceProperties.DateFilter.NONE) {
            return properties.source().appTypes().stream()
                    .map(appType -> new Window(appType, period.start(), period.end()))
                    .toList();
        }
        return properties.source().appTypes().stream()
                .flatMap(appType -> period.windows(appType, properties.source().window()).stream())
                .toList();
    }

    private static Outcome outcome(JobExecution execution) {
        return switch (execution.getStatus()) {
            case COMPLETED -> new Outcome(Outcome.Kind.DELIVERED, null);
            case STOPPED, STOPPING -> new Outcome(Outcome.Kind.STOPPED, null);
            default -> new Outcome(Outcome.Kind.FAILED, Failures.first(execution.getAllFailureExceptions()));
        };
    }
}
