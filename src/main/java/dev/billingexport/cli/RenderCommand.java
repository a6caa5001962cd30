package dev.billingexport.cli;

import dev.billingexport.ledger.Run;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code render}: delivers again what was collected, with the settings of now. */
@Command(
        name = "render",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Delivers the next revision of a delivered run from what was collected for it:",
            "with the prices, masks, formats, language and splits of now. The API is asked nothing."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:delivered",
            "1:failed; what was collected is kept",
            "2:wrong usage or configuration; nothing was started",
            "3:delivered, with problems that were accepted before",
            "4:stopped on request; resumable",
            "5:another process is at work on the data directory"
        })
final class RenderCommand implements Callable<Integer> {

    private final Class<?> application;
    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final RenderOptions options = new RenderOptions();

    RenderCommand(Class<?> application, Console console) {
        this.application = application;
        this.console = console;
    }

    @Override
    public Integer call() {
        long number = options.number;
        Run run;
        Path dataDirectory;
        try (Archive archive = Archive.open(application)) {
            run = archive.run(number);
            dataDirectory = archive.dataDirectory();
            if (!run.delivered()) {
                throw new UsageException("Run " + number + " is not delivered yet: '" + Program.name() + " resume "
                        + number + "' goes on with it.");
            }
            if (archive.reporter().isPurged(run)) {
                throw new UsageException("What was collected for run " + number + " was purged. '" + Program.name()
                        + " run' with --rerun collects the period afresh.");
            }
        }
        return new Launch(application, console, spec.commandLine()).render(run, dataDirectory, options);
    }
}
