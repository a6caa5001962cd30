package dev.billingexport.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code show}: shows one run in detail. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Shows one run: its steps, windows, counts, problems and files, and its progress while it is at work.")
final class ShowCommand implements Callable<Integer> {

    private final Class<?> application;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "The run's number; see 'runs'.")
    private long number;

    @Option(names = "--json", description = "Print one JSON document and nothing else.")
    private boolean json;

    ShowCommand(Class<?> application) {
        this.application = application;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (RunReports reports = RunReports.open(application)) {
            RunReport report = reports.one(number);
            if (json) {
                out.print(Json.write(new Document(reports.dataDirectory(), reports.database(), report)));
                out.flush();
            } else {
                print(report, reports, out);
            }
        }
        return ExitCode.DELIVERED;
    }

    /** The JSON document of {@code --json}. */
    record Document(
            @Nullable String dataDirectory, @Nullable String database, RunReport run) {}

    private static void print(RunReport run, RunReports reports, PrintWriter out) {
        RunReport.Details details = Objects.requireNonNull(run.details());
        out.println("Run %d: %s %s, revision %d"
                .formatted(run.run(), run.export(), run.period().label(), run.revision()));
        out.println("  data      " + reports.place());
        out.println("  period    %s to %s (exclusive), %s"
                .formatted(run.period().from(), run.period().to(), run.period().timeZone()));
        out.println("  begun     " + run.begun());
        out.println("  status    " + run.status().replace('_', ' '));
        if (run.progress() != null) {
            print(run.progress(), out);
        }
        if (details.reason() != null) {
            out.println("  reason    " + details.reason());
        }
        out.println("  launch    run " + String.join(" ", details.launch()));
        if (details.renderedFrom() != null) {
            out.println("  rendered  from the sessions that run %d collected, without querying the API"
                    .formatted(details.renderedFrom()));
        }
        if (details.windows() == null) {
            out.println("  sessions  purged; delivered files stay");
        } else {
            out.println("  windows   %d closed, %d open"
                    .formatted(details.windows().closed(), details.windows().open()));
            out.println("  sessions  %,d".formatted(run.sessions()));
            out.println("  re-used   %,d".formatted(details.reused()));
            details.unreadFields()
                    .forEach(field ->
                            out.println("  unread    %s, seen %,d times".formatted(field.name(), field.times())));
            out.println("  problems  %,d".formatted(run.problems()));
            details.problemList().forEach(problem -> out.println("    " + Errors.oneLine(problem)));
        }
        details.workers()
                .forEach(worker -> out.println("  worker    process %d on %s since %s, %.1f sessions a second%s"
                        .formatted(
                                worker.process(),
                                Errors.oneLine(worker.host()),
                                worker.since(),
                                worker.sessionsPerSecond(),
                                worker.windows().isEmpty() ? "" : ": " + String.join(", ", worker.windows()))));
        out.println("  steps");
        details.steps()
                .forEach(step -> out.println("    %-8s %-10s %s".formatted(step.name(), step.status(), times(step))));
        if (run.deliveredAt() != null) {
            out.println("  delivered %s to %s".formatted(run.deliveredAt(), run.location()));
            details.files()
                    .forEach(file -> out.println("    %-40s %,14d bytes %,10d rows  sha256 %s"
                            .formatted(file.name(), file.bytes(), file.rows(), file.sha256())));
        }
    }

    /** A step without an end is at work, or its process has died. */
    private static String times(RunReport.StepReport step) {
        if (step.started() == null) {
            return "not started";
        }
        return step.ended() == null ? "since " + step.started() : step.started() + " to " + step.ended();
    }

    private static void print(RunReport.ProgressReport progress, PrintWriter out) {
        out.println("  progress  %s%s, %,d sessions by this launch; process %d, at %s"
                .formatted(
                        progress.stage(),
                        progress.parts() == 0
                                ? ""
                                : ": %d of %d %s".formatted(progress.done(), progress.parts(), progress.unit()),
                        progress.sessions(),
                        progress.processId(),
                        progress.at()));
        RunReport.WaitingReport waiting = progress.waiting();
        if (waiting != null) {
            out.println("  waiting   %s since %s, next try at %s%s"
                    .formatted(
                            waiting.reason(),
                            waiting.since(),
                            waiting.nextTry(),
                            waiting.said() == null ? "" : ": " + waiting.said()));
        }
    }
}
