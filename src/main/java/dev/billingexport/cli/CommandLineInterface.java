package dev.billingexport.cli;

import java.io.PrintWriter;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
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
        Failures failures = new Failures();
        return new CommandLine(new RootCommand())
                .setCommandName(Program.name())
                .addSubcommand(run)
                .addSubcommand(new ResumeCommand(application, signal))
                .addSubcommand(new RunsCommand(application))
                .addSubcommand(new ShowCommand(application))
                .addSubcommand(new PurgeCommand(application))
                .addSubcommand(new VerifyCommand(application))
                .addSubcommand(new CompareCommand(application))
                .addSubcommand(new SampleApiCommand(signal))
                .registerConverter(long.class, new WholeNumber<>(Function.identity()))
                .registerConverter(Long.class, new WholeNumber<>(Function.identity()))
                .registerConverter(int.class, new WholeNumber<>(Math::toIntExact))
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    /*
     * The two below are classes because picocli's interfaces are in a class file of Java 5: JDK 17 crashes when it archives
     * classes (see bin/billing-export) and one of them is a lambda of such an interface.
     */

    private record WholeNumber<T>(Function<Long, T> narrowed) implements ITypeConverter<T> {

        @Override
        public T convert(String value) {
            try {
                return narrowed.apply(Long.valueOf(value));
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + value + "' is not a number");
            }
        }
    }

    private static final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

        @Override
        public int handleParseException(ParameterException failure, String[] arguments) {
            CommandLine command = failure.getCommandLine();
            PrintWriter err = command.getErr();
            err.println(
                    complaint(failure) + ". Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
            return ExitCode.USAGE;
        }

        @Override
        public int handleExecutionException(Exception failure, CommandLine command, ParseResult result) {
            if (result.expandedArgs().contains("--debug")) {
                failure.printStackTrace(command.getErr());
            }
            command.getErr().println(Errors.message(failure));
            return Errors.exitCode(failure);
        }

        private static String complaint(ParameterException failure) {
            if (failure instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
                return "Unknown argument '" + unmatched.getUnmatched().get(0) + "'";
            }
            return Errors.oneLine(String.valueOf(failure.getMessage()))
                    .replaceFirst("^Error: ", "")
                    .replaceFirst("[.?]$", "");
        }
    }
}
