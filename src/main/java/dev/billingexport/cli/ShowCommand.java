package dev.billingexport.cli;

import dev.billingexport.job.RunHistory;
import dev.billingexport.ledger.EarlierRuns;
import dev.billingexport.ledger.Ledger;
import dev.billingexport.ledger.LedgerContents;
import dev.billingexport.ledger.Run;
import dev.billingexport.ledger.Runs;
import dev.billingexport.ledger.UnreadFieldCounts;
import java.io.PrintWriter;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code show}: one run in detail. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Shows one run: its steps, windows, counts, problems and files.")
final class ShowCommand implements Callable<Integer> {

    private final Class<?> application;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "The run's number; see 'runs'.")
    private long number;

    ShowCommand(Class<?> application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (Archive archive = Archive.open(application)) {
            Run run = archive.run(number);
            RunHistory history = archive.get(RunHistory.class);
            out.println("Run %d: %s %s, revision %d"
                    .formatted(
                            run.id(),
                            run.key().export(),
                            run.key().period().label(),
                            run.key().revision()));
            out.println("  period    %s to %s (exclusive), %s"
                    .formatted(
                            run.key().period().from(),
                            run.key().period().to(),
                            run.key().period().zone()));
            out.println("  begun     " + run.createdAt());
            out.println("  status    " + RunStatus.of(run, archive));
            archive.get(Runs.class).failure(run).ifPresent(why -> out.println("  reason    " + why));
            out.println("  launch    run " + String.join(" ", run.arguments()));
            if (archive.isPurged(run)) {
                out.println("  sessions  purged; what was delivered stays");
            } else {
                printCollected(run, archive, out);
            }
            out.println("  steps");
            history.steps(run)
                    .forEach(step -> out.println("    %-8s %-10s %s"
                            .formatted(
                                    step.getStepName(),
                                    step.getStatus(),
                                    times(step.getStartTime(), step.getEndTime()))));
            if (run.delivered()) {
                out.println("  delivered %s to %s".formatted(run.deliveredAt(), run.location()));
                history.files(run)
                        .forEach(file -> out.println("    %-40s %,14d bytes %,10d rows  sha256 %s"
                                .formatted(file.name(), file.bytes(), file.rows(), file.sha256())));
            }
        }
        return ExitCode.DELIVERED;
    }

    private static void printCollected(Run run, Archive archive, PrintWriter out) {
        LedgerContents contents = archive.get(LedgerContents.class);
        long windows = archive.get(Ledger.class).windowCount(run);
        long open = archive.get(Ledger.class).openWindows(run).size();
        out.println("  windows   %d closed, %d open".formatted(windows - open, open));
        out.println("  sessions  %,d".formatted(contents.sessionCount(run)));
        out.println("  re-used   %,d".formatted(archive.get(EarlierRuns.class).reusedCount(run)));
        archive.get(UnreadFieldCounts.class)
                .of(run)
                .forEach((name, times) -> out.println("  unread    %s, seen %,d times".formatted(name, times)));
        out.println("  problems  %,d".formatted(contents.problemCount(run)));
        contents.problems(run).forEach(problem -> out.println("    " + Errors.oneLine(problem)));
    }

    /** A step that is at work, or whose process died, has no end. */
    private static String times(@Nullable LocalDateTime start, @Nullable LocalDateTime end) {
        if (start == null) {
            return "not started";
        }
        return end == null ? "since " + instant(start) : instant(start) + " to " + instant(end);
    }

    /** Batch keeps the machine's local time; everything else here is UTC. */
    private static String instant(LocalDateTime time) {
        return time.atZone(ZoneId.systemDefault())
                .toInstant()
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
    }
}
