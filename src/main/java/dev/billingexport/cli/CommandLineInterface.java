package dev.billingexport.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

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
        signal.listen();
        signal.exit(commandLine(application, signal).execute(arguments));
    }

    static CommandLine commandLine(Class<?> application, StopSignal signal) {
        RunCommand run = new RunCommand(application, signal);
        return new CommandLine(new RootCommand())
                .setCommandName(Program.name())
                .addSubcommand(run)
                .addSubcommand(new ResumeCommand(application, signal))
                .addSubcommand(new RunsCommand(application))
                .addSubcommand(new ShowCommand(application))
                .addSubcommand(new PurgeCommand(application))
                .addSubcommand(new VerifyCommand(application))
                .addSubcommand(new SampleApiCommand(signal))
                .registerConverter(long.class, CommandLineInterface::number)
                .registerConverter(Long.class, CommandLineInterface::number)
                .registerConverter(int.class, value -> Math.toIntExact(number(value)))
                .setParameterExceptionHandler(CommandLineInterface::wrongUsage)
                .setExecutionExceptionHandler(CommandLineInterface::failed);
    }

    private static int wrongUsage(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(complaint(failure) + ". Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    private static String complaint(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            return "Unknown argument '" + unmatched.getUnmatched().get(0) + "'";
        }
        return Errors.oneLine(String.valueOf(failure.getMessage()))
                .replaceFirst("^Error: ", "")
                .replaceFirst("[.?]$", "");
    }

    private static long number(String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + value + "' is not a number");
        }
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult result) {
        if (result.expandedArgs().contains("--debug")) {
            failure.printStackTrace(command.getErr());
        }
        command.getErr().println(Errors.message(failure));
        return Errors.exitCode(failure);
    }
}
