package dev.billingexport.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program itself. Does nothing without a subcommand. */
@Command(
        name = "billing-export",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Exports a period of EnableX usage as billing workbooks.",
        synopsisSubcommandLabel = "COMMAND")
final class RootCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final Verbosity verbosity;

    RootCommand(Verbosity verbosity) {
        this.verbosity = verbosity;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "A command is missing: " + String.join(", ", spec.subcommands().keySet()));
    }
}
