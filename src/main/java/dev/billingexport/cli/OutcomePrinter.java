package dev.billingexport.cli;

import dev.billingexport.api.ApiException;
import dev.billingexport.api.Credentials;
import dev.billingexport.api.ReportingClient;
import dev.billingexport.delivery.Delivery;
import dev.billingexport.delivery.Manifest;
import dev.billingexport.ledger.LedgerContents;
import dev.billingexport.ledger.Run;
import dev.billingexport.ledger.Runs;
import dev.billingexport.run.LedgerException;
import dev.billingexport.run.Outcome;
import dev.billingexport.run.RunHistory;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Prints how a launch ended, what is safe and what to type next. */
final class OutcomePrinter {

    /** Limit of printed problems; {@code show} prints all of them. */
    private static final int PROBLEMS_SHOWN = 10;

    private final ExportContext context;
    private final Run run;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean debug;
    private final AtomicBoolean stopped = new AtomicBoolean();

    OutcomePrinter(ExportContext context, Run run, CommandLine command, boolean debug) {
        this.context = context;
        this.run = run;
        this.out = command.getOut();
        this.err = command.getErr();
        this.debug = debug;
    }

    int print(Outcome outcome) {
        return switch (outcome.kind()) {
            case DELIVERED -> delivered();
            case STOPPED -> stopped();
            case FAILED -> failed(outcome.failure());
        };
    }

    /** Also called by a stop that has run out of time, while the work may be ending. */
    int stopped() {
        if (!stopped.getAndSet(true)) {
            err.println("Stopped on request. What was collected is kept.");
            resumable(ExitCode.STOPPED);
        }
        return ExitCode.STOPPED;
    }

    private int delivered() {
        LedgerContents contents = context.get(LedgerContents.class);
        Run delivered = context.get(Runs.class).find(run.key()).orElseThrow();
        long sessions = contents.sessionCount(run);
        long problems = contents.problemCount(run);
        out.println("Delivered %,d %s to %s"
                .formatted(sessions, sessions == 1 ? "session" : "sessions", delivered.location()));
        context.get(Delivery.class)
                .revision(
                        run.key().export(),
                        run.key().period().label(),
                        run.key().revision())
                .ifPresent(this::tell);
        if (problems > 0) {
            out.println("Accepted problems: %,d; the files list all of them.".formatted(problems));
        }
        return problems > 0 ? ExitCode.ACCEPTED : ExitCode.DELIVERED;
    }

    private void tell(Manifest manifest) {
        if (manifest.amends() != null) {
            out.println(changes(manifest.amends()));
        }
        manifest.warnings().forEach(warning -> err.println("Warning: " + Errors.oneLine(warning)));
    }

    private static String changes(Manifest.Amends amends) {
        if (amends.added() == null || amends.removed() == null || amends.changed() == null) {
            return "What changed since revision " + amends.revision() + " is not known.";
        }
        List<Manifest.AmendedCharge> charges = amends.charges().stream()
                .filter(charge -> charge.before().compareTo(charge.after()) != 0)
                .toList();
        boolean sameSessions = amends.added() + amends.removed() + amends.changed() == 0;
        if (sameSessions && charges.isEmpty()) {
            return "No change since revision " + amends.revision() + ".";
        }
        String sessions = sameSessions
                ? "No session changed since revision " + amends.revision() + "."
                : "Sessions added since revision %d: %,d, removed: %,d, changed: %,d; the files list all of them."
                        .formatted(amends.revision(), amends.added(), amends.removed(), amends.changed());
        return charges.stream()
                .map(charge ->
                        " Charges: " + MoneyText.change(charge.currency(), charge.before(), charge.after()) + ".")
                .collect(Collectors.joining("", sessions, ""));
    }

    /** Deletes the run if nothing was collected: wrong credentials were wrong from the start. */
    private int denied(String message) {
        err.println(message + ".");
        err.println("Set " + context.get(Credentials.class).variables()
                + " to those of the account that is to be billed, in"
                + " the environment or as mounted files, and check export.source.base-url.");
        LedgerContents contents = context.get(LedgerContents.class);
        if (contents.sessionCount(run) + contents.problemCount(run) > 0) {
            return resumable(ExitCode.USAGE);
        }
        context.get(RunHistory.class).forget(run);
        context.get(Runs.class).forget(run);
        err.println("Nothing was started.");
        return ExitCode.USAGE;
    }

    private int failed(@Nullable Throwable failure) {
        if (failure instanceof ApiException.Denied
                && !context.get(ReportingClient.class).isAccepted()) {
            if (debug) {
                failure.printStackTrace(err);
            }
            return denied(Errors.message(failure));
        }
        if (failure != null) {
            if (debug) {
                failure.printStackTrace(err);
            }
            String message = Errors.message(failure);
            err.println("Failed: " + message);
            if (!(failure instanceof LedgerException)) {
                context.get(Runs.class).failed(run, message);
            }
            err.println("What was collected is kept; nothing was delivered.");
            return resumable(ExitCode.FAILED);
        }
        LedgerContents contents = context.get(LedgerContents.class);
        long problems = contents.problemCount(run);
        err.println("Not delivered: sessions could not be collected. Problems: %,d.".formatted(problems));
        contents.problems(run).limit(PROBLEMS_SHOWN).forEach(problem -> err.println("  " + Errors.oneLine(problem)));
        if (problems > PROBLEMS_SHOWN) {
            err.println("  and %,d more: %s show %d".formatted(problems - PROBLEMS_SHOWN, Program.name(), run.id()));
        }
        err.println(
                "All other sessions are collected and kept. To deliver without these, run the same command with --accept-problems.");
        return resumable(ExitCode.FAILED);
    }

    private int resumable(int exitCode) {
        err.println("To resume: " + context.command("resume", run.id()));
        err.flush();
        return exitCode;
    }
}
