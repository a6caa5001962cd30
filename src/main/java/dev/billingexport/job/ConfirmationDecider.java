package dev.billingexport.job;

import dev.billingexport.ledger.Ledger;
import dev.billingexport.ledger.LedgerContents;
import dev.billingexport.ledger.Reopening;
import dev.billingexport.ledger.Run;
import dev.billingexport.ledger.Runs;
import dev.billingexport.session.Window;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.flow.FlowExecutionStatus;
import org.springframework.batch.core.job.flow.JobExecutionDecider;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;

/**
 * Decides after each confirming pass: if a listing still changed, another pass follows; otherwise the windows are
 * closed.
 */
@Component
class ConfirmationDecider implements JobExecutionDecider {

    static final String MOVED = "MOVED";
    static final String PROBLEMS = "PROBLEMS";
    static final String CONFIRMED = "CONFIRMED";

    /**
     * Limit of confirming passes. A period that is over needs one or two. A session that keeps changing becomes a
     * problem before this limit.
     */
    static final int PASSES = 20;

    private static final int WINDOWS_NAMED = 3;

    private final Runs runs;
    private final Ledger ledger;
    private final Reopening reopening;
    private final LedgerContents contents;
    private final AcceptedProblems accepted;

    ConfirmationDecider(
            Runs runs, Ledger ledger, Reopening reopening, LedgerContents contents, AcceptedProblems accepted) {
        this.runs = runs;
        this.ledger = ledger;
        this.reopening = reopening;
        this.contents = contents;
        this.accepted = accepted;
    }

    @Override
    public FlowExecutionStatus decide(JobExecution job, @Nullable StepExecution lastStep) {
        Run run = runs.find(ExportParameters.key(job.getJobParameters())).orElseThrow();
        reopening.narrow(run);
        List<Window> moved = ledger.movedWindows(run);
        if (!moved.isEmpty()) {
            long passes = job.getStepExecutions().stream()
                    .filter(step -> step.getStepName().equals(CollectStep.CONFIRM))
                    .count();
            if (passes >= PASSES) {
                throw new ListingException("The API's listing still changes after " + PASSES
                        + " confirming passes: each of them found new, changed or missing sessions, the last one in "
                        + named(moved) + ".");
            }
            return new FlowExecutionStatus(MOVED);
        }
        ledger.closeWindows(run);
        boolean complete = contents.problemCount(run) == 0 || accepted.accepted();
        return new FlowExecutionStatus(complete ? CONFIRMED : PROBLEMS);
    }

    private static String named(List<Window> windows) {
        String names = windows.stream().limit(WINDOWS_NAMED).map(Window::name).collect(Collectors.joining(", "));
        long more = windows.size() - WINDOWS_NAMED;
        return more > 0 ? names + " and " + more + " more windows" : names;
    }
}
