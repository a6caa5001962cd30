package dev.billingexport.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code runs}: lists every run. */
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

    @Option(names = "--json", description = "Print one JSON document and nothing else.")
    private boolean json;

    RunsCommand(Class<?> application) {
        this.application = application;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (RunReports reports = RunReports.open(application)) {
            List<RunReport> runs = reports.all();
            if (json) {
                out.print(Json.write(new Document(reports.dataDirectory(), reports.database(), runs)));
                out.flush();
                return ExitCode.DELIVERED;
            }
            if (runs.isEmpty()) {
                out.println("There are no runs in " + reports.place() + " yet.");
            } else {
                table(runs).toString().lines().forEach(out::println);
                out.println((reports.database() == null ? "Data directory: " : "Database: ") + reports.place());
            }
            reports.holder().ifPresent(holder -> out.println("In use by: " + holder));
            return ExitCode.DELIVERED;
        }
    }

    /** The JSON document of {@code --json}. */
    record Document(
            @Nullable String dataDirectory, @Nullable String database, List<RunReport> runs) {}

    private static TextTable table(List<RunReport> runs) {
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
        table.addRowValues("Run", "Export", "Period", "Rev", "Status", "Sessions", "Problems", "Begun", "Delivered to");
        runs.forEach(run -> table.addRowValues(
                String.valueOf(run.run()),
                run.export(),
                run.period().label(),
                "r" + run.revision(),
                run.status().replace('_', ' '),
                run.sessions() == null ? "purged" : String.valueOf(run.sessions()),
                run.problems() == null ? "purged" : String.valueOf(run.problems()),
                String.valueOf(run.begun()),
                Objects.toString(run.location(), "")));
        return table;
    }

    private static Column column(int width) {
        return new Column(width, 0, Overflow.SPAN);
    }
}
