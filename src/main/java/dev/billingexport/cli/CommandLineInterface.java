package dev.billingexport.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The command line. Everything is parsed before anything starts. */
public final class CommandLineInterface {

    private CommandLineInterface() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param application the Spring Boot application that the commands work with
     */
    public static void main(Class<?> application, String... arguments) {
        StopSignal signal = new StopSignal();
        signal.exit(commandLine(application, signal).execute(arguments));
    }

    static CommandLine commandLine(Class<?> application, StopSignal signal) {
        RunCommand run = new RunCommand(application, signal);
        return new CommandLine(new RootCommand())
                .addSubcommand(run)
                .addSubcommand(new ResumeCommand(application, signal))
                .addSubcommand(new RunsCommand(application))
                .addSubcommand(new ShowCommand(application))
                .addSubcommand(new SampleApiCommand(signal))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(CommandLineInterface::wrongUsage)
                .setExecutionExceptionHandler(CommandLineInterface::failed);
    }

    private static int wrongUsage(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(Errors.oneLine(String.valueOf(failure.getMessage())) + " Try '"
                + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult result) {
        if (result.expandedArgs().contains("--debug")) {
            failure.printStackTrace(command.getErr());
        }
        command.getErr().println(Errors.message(failure));
        return Errors.exitCode(failure);
    }
}
