package dev.billingexport.cli;

import dev.billingexport.ledger.EarlierRuns;
import dev.billingexport.ledger.Ledger;
import dev.billingexport.ledger.LedgerContents;
import dev.billingexport.ledger.Run;
import dev.billingexport.ledger.Runs;
import dev.billingexport.ledger.UnreadFieldCounts;
import dev.billingexport.run.RunHistory;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.step.StepExecution;

/** Creates reports of runs from the database. The process must hold the data directory. */
final class RunReporter {

    private final ExportContext context;
    private final boolean beside;

    RunReporter(ExportContext context) {
        this(context, false);
    }

    /** @param beside whether another process works on the ledger, so that runs that seem to be running are */
    RunReporter(ExportContext context, boolean beside) {
        this.context = context;
        this.beside = beside;
    }

    /** Returns a run without details. */
    RunReport brief(Run run) {
        return report(run, null);
    }

    /** @param maxProblems limit of listed problems */
    RunReport full(Run run, long maxProblems) {
        RunHistory history = context.get(RunHistory.class);
        boolean purged = isPurged(run);
        long windows = context.get(Ledger.class).windowCount(run);
        long open = context.get(Ledger.class).openWindows(run).size();
        return report(
                run,
                new RunReport.Details(
                        context.get(Runs.class).failure(run).orElse(null),
                        run.arguments(),
                        run.renderedFrom(),
                        purged ? null : new RunReport.Windows(windows - open, open),
                        purged ? null : context.get(EarlierRuns.class).reusedCount(run),
                        history.steps(run).stream().map(RunReporter::step).toList(),
                        context.get(UnreadFieldCounts.class).of(run).entrySet().stream()
                                .map(field -> new RunReport.UnreadField(field.getKey(), field.getValue()))
                                .toList(),
                        problems(run, maxProblems),
                        history.files(run).stream()
                                .map(file ->
                                        new RunReport.FileReport(file.name(), file.bytes(), file.rows(), file.sha256()))
                                .toList()));
    }

    /** Returns whether the collected sessions of a delivered run were deleted. */
    boolean isPurged(Run run) {
        return run.delivered() && context.get(Ledger.class).windowCount(run) == 0;
    }

    /** Returns the status of a run. Where this process holds the data directory, a run that seems to run has died. */
    String status(Run run) {
        if (run.delivered()) {
            return "delivered";
        }
        BatchStatus status = context.get(RunHistory.class).status(run);
        if (status == null) {
            return "not_started";
        }
        if (beside && status.isRunning()) {
            return RunReport.RUNNING;
        }
        return switch (status) {
            case STOPPED -> "stopped";
            case FAILED -> "failed";
            default -> "interrupted";
        };
    }

    private RunReport report(Run run, RunReport.@Nullable Details details) {
        LedgerContents contents = context.get(LedgerContents.class);
        boolean purged = isPurged(run);
        return new RunReport(
                run.id(),
                run.key().export(),
                RunReport.PeriodReport.of(run.key().period()),
                run.key().revision(),
                status(run),
                run.createdAt(),
                run.deliveredAt(),
                run.location(),
                purged ? null : contents.sessionCount(run),
                purged ? null : contents.problemCount(run),
                null,
                details);
    }

    private List<RunReport.ProblemReport> problems(Run run, long max) {
        return context.get(LedgerContents.class)
                .problems(run)
                .limit(max)
                .map(problem -> new RunReport.ProblemReport(
                        problem.sessionId(),
                        problem.transDate(),
                        problem.part().code(),
                        problem.cause(),
                        problem.attempts()))
                .toList();
    }

    private static RunReport.StepReport step(StepExecution step) {
        return new RunReport.StepReport(
                step.getStepName(), step.getStatus().name(), instant(step.getStartTime()), instant(step.getEndTime()));
    }

    /** Batch stores local time; all other times here are UTC. */
    private static @Nullable Instant instant(@Nullable LocalDateTime time) {
        return time == null
                ? null
                : time.atZone(ZoneId.systemDefault()).toInstant().truncatedTo(ChronoUnit.MILLIS);
    }
}
