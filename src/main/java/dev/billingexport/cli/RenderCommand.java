package dev.billingexport.cli;

import dev.billingexport.ledger.Ledger;
import dev.billingexport.ledger.Run;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code render}: delivers collected sessions again, with the present settings. */
@Command(
        name = "render",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Delivers the next revision of a delivered run from its collected sessions.",
            "It has the present prices, masks, formats, language and splits. The API is not queried."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:delivered",
            "1:failed; what was collected is kept",
            "2:wrong usage or configuration; nothing was started",
            "3:delivered, with problems that were accepted before",
            "4:stopped on request; resumable",
            "5:another process works in the data directory"
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
        List<String> place;
        try (Archive archive = Archive.open(application)) {
            run = archive.run(number);
            place = archive.place();
            if (!run.delivered()) {
                throw new UsageException("Run " + number + " is not delivered yet: '" + Program.name() + " resume "
                        + number + "' continues it.");
            }
            if (archive.get(Ledger.class).isPurged(run)) {
                throw new UsageException("The collected sessions of run " + number + " were purged. '" + Program.name()
                        + " run' with --rerun collects the period again.");
            }
        }
        return new Launch(application, console, spec.commandLine()).render(run, place, options);
    }
}
