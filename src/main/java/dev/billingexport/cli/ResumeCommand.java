package dev.billingexport.cli;

import dev.billingexport.ledger.Run;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code resume}: continues a run with the options of its last launch. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Continues the last unfinished run, or the one named, with the options of its last launch.")
final class ResumeCommand implements Callable<Integer> {

    private final Class<?> application;
    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "The run's number; see 'runs'.")
    private @Nullable Long number;

    ResumeCommand(Class<?> application, Console console) {
        this.application = application;
        this.console = console;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Optional<Run> found;
        List<String> place;
        try (Archive archive = Archive.open(application)) {
            found = find(archive);
            place = archive.place();
        }
        if (found.isEmpty()) {
            out.println("There is no unfinished run.");
            return ExitCode.DELIVERED;
        }
        Run run = found.get();
        if (run.delivered()) {
            out.println("Run " + run.id() + " is delivered already: " + run.location());
            return ExitCode.DELIVERED;
        }
        return new Launch(application, console, spec.commandLine()).resume(run, place);
    }

    private Optional<Run> find(Archive archive) {
        if (number != null) {
            return Optional.of(archive.run(number));
        }
        return archive.runs().stream().filter(run -> !run.delivered()).findFirst();
    }
}
