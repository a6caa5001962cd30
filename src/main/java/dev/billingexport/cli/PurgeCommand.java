package dev.billingexport.cli;

import dev.billingexport.ledger.LedgerContents;
import dev.billingexport.ledger.Run;
import dev.billingexport.ledger.Runs;
import dev.billingexport.run.Purge;
import dev.billingexport.run.RunHistory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code purge}: deletes the collected sessions of old periods, so that the database doesn't grow without limit. */
@Command(
        name = "purge",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Deletes what was collected for periods that ended before a day, and frees the space.",
            "Delivered files stay, and the runs stay known as delivered."
        })
final class PurgeCommand implements Callable<Integer> {

    private final Class<?> application;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--before",
            required = true,
            paramLabel = "DATE",
            converter = RunOptions.DateConverter.class,
            description = "Collected periods whose last day lies before this one are deleted.")
    @SuppressWarnings("NullAway.Init")
    private LocalDate before;

    @Option(names = "--yes", description = "Don't ask.")
    private boolean yes;

    PurgeCommand(Class<?> application) {
        this.application = application;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (Archive archive = Archive.open(application)) {
            List<Run> old = archive.runs().isEmpty()
                    ? List.of()
                    : archive.get(Purge.class).endedBefore(before);
            if (old.isEmpty()) {
                out.println("There are no collected periods that ended before " + before + ".");
                return ExitCode.DELIVERED;
            }
            old.forEach(run -> out.println("Run %d: %s %s, revision %d, %s, %,d sessions"
                    .formatted(
                            run.id(),
                            run.key().export(),
                            run.key().period().label(),
                            run.key().revision(),
                            archive.get(RunHistory.class).status(run, true).replace('_', ' '),
                            archive.get(LedgerContents.class).sessionCount(run))));
            boolean lost = old.stream().anyMatch(run -> !run.delivered());
            if (!yes && !confirmed(lost, out)) {
                out.println("Nothing was deleted.");
                return ExitCode.DELIVERED;
            }
            for (Run run : old) {
                archive.get(Purge.class).forget(run);
                archive.reportForgotten(run);
            }
            List<String> refusals = archive.get(Runs.class).giveSpaceBack();
            out.println("Forgotten.");
            if (!refusals.isEmpty()) {
                PrintWriter err = spec.commandLine().getErr();
                err.println(
                        "The space was not given back, for the tables belong to another user of the database. Let that"
                                + " user run VACUUM FULL. The database says:");
                refusals.forEach(refusal -> err.println("  " + Errors.oneLine(refusal)));
            }
            return ExitCode.DELIVERED;
        }
    }

    private static boolean confirmed(boolean lost, PrintWriter out) {
        out.print(
                "Delete " + (lost ? "them? Runs that are not delivered can't be resumed then." : "what was collected?")
                        + " [y/N] ");
        out.flush();
        Scanner answers = new Scanner(System.in, StandardCharsets.UTF_8);
        if (!answers.hasNextLine()) {
            out.println();
            throw new UsageException(
                    "Nothing was deleted, because the question was not answered. To delete without a question, add --yes.");
        }
        return answers.nextLine().strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
