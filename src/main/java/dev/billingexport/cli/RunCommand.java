package dev.billingexport.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run}: the main command. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Collects a period's sessions and delivers the billing files.",
            "The same command resumes an unfinished run, and does nothing for a delivered one."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:delivered, or already delivered",
            "1:failed; what was collected is kept",
            "2:wrong usage or configuration; nothing was started",
            "3:delivered, with problems that were accepted",
            "4:stopped on request; resumable",
            "5:another process works in the data directory",
            "7:delivered before with other settings; nothing was done"
        })
final class RunCommand implements Callable<Integer> {

    private final Class<?> application;
    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Option(names = "--rerun", description = "Collect a delivered period again and deliver its next revision.")
    private boolean rerun;

    @Option(
            names = "--accept-problems",
            description = "Deliver although some sessions could not be collected; they are listed in the files.")
    private boolean acceptProblems;

    RunCommand(Class<?> application, Console console) {
        this.application = application;
        this.console = console;
    }

    @Override
    public Integer call() {
        Launch launch = new Launch(application, console, spec.commandLine());
        return launch.run(options, rerun, acceptProblems);
    }
}
