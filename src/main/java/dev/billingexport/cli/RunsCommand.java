package dev.billingexport.cli;

import dev.billingexport.ledger.LedgerContents;
import dev.billingexport.ledger.Run;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code runs}: a line for every run. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Lists every run of the data directory, the newest first.")
final class RunsCommand implements Callable<Integer> {

    private final Class<?> application;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    RunsCommand(Class<?> application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        try (Archive archive = Archive.open(application)) {
            if (archive.runs().isEmpty()) {
                spec.commandLine().getOut().println("There are no runs yet.");
                return ExitCode.DELIVERED;
            }
            TextTable table = TextTable.forColumns(
                    Help.defaultColorScheme(Ansi.OFF),
                    column(6),
                    column(22),
                    column(24),
                    column(5),
                    column(13),
                    column(10),
                    column(10),
                    column(26),
                    column(80));
            table.addRowValues(
                    "Run", "Export", "Period", "Rev", "Status", "Sessions", "Problems", "Begun", "Delivered to");
            archive.runs().forEach(run -> add(table, run, archive));
            table.toString().lines().forEach(spec.commandLine().getOut()::println);
            return ExitCode.DELIVERED;
        }
    }

    private static void add(TextTable table, Run run, Archive archive) {
        LedgerContents contents = archive.get(LedgerContents.class);
        boolean purged = archive.isPurged(run);
        table.addRowValues(
                String.valueOf(run.id()),
                run.key().export(),
                run.key().period().label(),
                "r" + run.key().revision(),
                RunStatus.of(run, archive),
                purged ? "purged" : String.valueOf(contents.sessionCount(run)),
                purged ? "purged" : String.valueOf(contents.problemCount(run)),
                String.valueOf(run.createdAt()),
                Objects.toString(run.location(), ""));
    }

    private static Column column(int width) {
        return new Column(width, 0, Overflow.SPAN);
    }
}
