package dev.billingexport.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** The command line. Parses everything before anything starts. */
public final class CommandLineInterface {

    private CommandLineInterface() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param application the Spring Boot application that the commands use
     */
    public static void main(Class<?> application, String... arguments) {
        HomeFolder.settle();
        Console console = Console.install();
        console.signal().exit(execute(commandLine(application, console), console.verbosity(), arguments));
    }

    /**
     * Executes a command. Also handles errors, which picocli doesn't catch: if one ended the main thread, the exit code
     * would be that of a requested stop.
     */
    static int execute(CommandLine commands, Verbosity verbosity, String... arguments) {
        try {
            return commands.execute(arguments);
        } catch (Error e) {
            try {
                if (verbosity.debug()) {
                    e.printStackTrace(commands.getErr());
                }
                commands.getErr().println("Failed: " + Errors.message(e));
            } catch (Error again) {
                // Reached where even a class can't be loaded.
                System.err.println(e);
            }
            return ExitCode.FAILED;
        }
    }

    static CommandLine commandLine(Class<?> application, Console console) {
        Failures failures = new Failures(console.verbosity());
        return new CommandLine(new RootCommand(console.verbosity()))
                .setCommandName(Program.name())
                .addSubcommand(new RunCommand(application, console))
                .addSubcommand(new RenderCommand(application, console))
                .addSubcommand(new ResumeCommand(application, console))
                .addSubcommand(new WorkerCommand(application, console))
                .addSubcommand(new RunsCommand(application))
                .addSubcommand(new ShowCommand(application))
                .addSubcommand(new PurgeCommand(application))
                .addSubcommand(new VerifyCommand(application))
                .addSubcommand(new CompareCommand(application))
                .addSubcommand(new SampleApiCommand(console.signal()))
                .addSubcommand(new CommandLine.HelpCommand())
                .setExpandAtFiles(false)
                .setOut(new LineWriter(System.out, Screen.charset("stdout")))
                .setErr(new LineWriter(System.err, Screen.charset("stderr")))
                .registerConverter(long.class, new WholeNumber<>(Function.identity()))
                .registerConverter(Long.class, new WholeNumber<>(Function.identity()))
                .registerConverter(int.class, new WholeNumber<>(Math::toIntExact))
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    /**
     * The two classes below are no lambdas, because picocli's interfaces are in a class file of Java 5. JDK 17 crashes
     * when it archives classes (see bin/billing-export) that include a lambda of such an interface.
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

    private record Failures(Verbosity verbosity) implements IParameterExceptionHandler, IExecutionExceptionHandler {

        @Override
        public int handleParseException(ParameterException failure, String[] arguments) {
            CommandLine command = failure.getCommandLine();
            PrintWriter err = command.getErr();
            err.println(complaint(failure) + " Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
            return ExitCode.USAGE;
        }

        @Override
        public int handleExecutionException(Exception failure, CommandLine command, ParseResult result) {
            if (verbosity.debug()) {
                failure.printStackTrace(command.getErr());
            }
            Errors.message(failure).lines().forEach(command.getErr()::println);
            return Errors.exitCode(failure);
        }

        private static String complaint(ParameterException failure) {
            // A required option may seem to be missing because it is misspelt.
            List<String> unknown = failure.getCommandLine().getUnmatchedArguments();
            if (!unknown.isEmpty()) {
                String typed = Errors.oneLine(unknown.get(0));
                CommandSpec spec = failure.getCommandLine().getCommandSpec();
                return typed.startsWith("-")
                        ? "Unknown option: '" + typed + "'."
                                + Nearest.question(
                                        typed.replaceFirst("=.*", ""),
                                        spec.optionsMap().keySet())
                        : "Unknown argument '" + typed + "'."
                                + Nearest.question(typed, spec.subcommands().keySet());
            }
            String message = Errors.oneLine(String.valueOf(failure.getMessage()))
                            .replaceFirst("^Error: ", "")
                            .replaceFirst("[.?]$", "")
                    + ".";
            return message.startsWith("Unknown subcommand")
                    ? message
                            + Nearest.question(
                                    String.valueOf(failure.getValue()),
                                    failure.getCommandLine().getSubcommands().keySet())
                    : message;
        }
    }
}
