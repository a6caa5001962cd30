package dev.billingexport.cli;

import dev.billingexport.ledger.EarlierRuns;
import dev.billingexport.ledger.HandedWindow;
import dev.billingexport.ledger.Ledger;
import dev.billingexport.ledger.LedgerContents;
import dev.billingexport.ledger.Run;
import dev.billingexport.ledger.Runs;
import dev.billingexport.ledger.UnreadFieldCounts;
import dev.billingexport.ledger.WindowLeases;
import dev.billingexport.ledger.Workers;
import dev.billingexport.run.RunHistory;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
        boolean purged = context.get(Ledger.class).isPurged(run);
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
                        history.steps(run).stream()
                                .map(step -> new RunReport.StepReport(
                                        step.name(), step.status(), step.started(), step.ended()))
                                .toList(),
                        workers(run),
                        context.get(UnreadFieldCounts.class).of(run).entrySet().stream()
                                .map(field -> new RunReport.UnreadField(field.getKey(), field.getValue()))
                                .toList(),
                        problems(run, maxProblems),
                        history.files(run).stream()
                                .map(file ->
                                        new RunReport.FileReport(file.name(), file.bytes(), file.rows(), file.sha256()))
                                .toList()));
    }

    /** Lists those that wait for the run's windows, too. */
    private List<RunReport.WorkerReport> workers(Run run) {
        if (run.delivered()) {
            return List.of();
        }
        List<HandedWindow> windows = context.get(WindowLeases.class).of(run);
        return context.get(Workers.class).atWork(run.key().export()).stream()
                .map(worker -> new RunReport.WorkerReport(
                        worker.host(),
                        worker.process(),
                        worker.since(),
                        worker.sessionsPerSecond(),
                        windows.stream()
                                .filter(window -> Objects.equals(window.worker(), worker.id()))
                                .filter(HandedWindow::isBegun)
                                .map(HandedWindow::name)
                                .toList()))
                .toList();
    }

    private RunReport report(Run run, RunReport.@Nullable Details details) {
        LedgerContents contents = context.get(LedgerContents.class);
        boolean purged = context.get(Ledger.class).isPurged(run);
        return new RunReport(
                run.id(),
                run.key().export(),
                RunReport.PeriodReport.of(run.key().period()),
                run.key().revision(),
                context.get(RunHistory.class).status(run, !beside),
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
}
