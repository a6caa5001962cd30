package dev.billingexport.cli;

import dev.billingexport.ledger.DatabaseSetupException;
import dev.billingexport.ledger.InUseException;
import dev.billingexport.ledger.OtherVersionException;
import dev.billingexport.ledger.UntrustedDataDirectoryException;
import dev.billingexport.session.Problem;
import dev.billingexport.text.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/** Exceptions in words for an operator: one line that says what is wrong, and the exit code that goes with it. */
final class Errors {

    private static final int MAX_LENGTH = 2_000;
    private static final int MAX_ID_LENGTH = 80;

    private static final String OURS = "dev.billingexport.";

    private Errors() {}

    static int exitCode(Throwable failure) {
        if (cause(failure, InUseException.class) != null) {
            return ExitCode.IN_USE;
        }
        if (cause(failure, Error.class) != null) {
            return ExitCode.FAILED;
        }
        boolean usage = cause(failure, UsageException.class) != null
                || cause(failure, OtherVersionException.class) != null
                || cause(failure, DatabaseSetupException.class) != null
                || cause(failure, UntrustedDataDirectoryException.class) != null;
        return usage ? ExitCode.USAGE : ExitCode.FAILED;
    }

    /**
     * Our own words where there are any, for they say what to do; else those of the first cause. One line, but a line each
     * for everything that is wrong with the usage.
     */
    static String message(Throwable failure) {
        UsageException usage = cause(failure, UsageException.class);
        if (usage != null) {
            return usage.complaints().stream().map(Errors::oneLine).collect(Collectors.joining("\n"));
        }
        Throwable told = causes(failure).filter(Errors::isOurs).findFirst().orElse(null);
        if (told != null) {
            return oneLine(String.valueOf(told.getMessage()));
        }
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        if (root instanceof OutOfMemoryError) {
            return oneLine("There is not enough memory: " + root.getMessage()
                    + ". Give Java more of it, such as JAVA_TOOL_OPTIONS=-Xmx1g.");
        }
        if (root instanceof Error) {
            return oneLine(root.toString());
        }
        String message = root.getMessage();
        // An I/O exception's message is often a bare path.
        if (message == null || message.isBlank() || root instanceof IOException) {
            return oneLine(root.getClass().getSimpleName() + ": " + message);
        }
        return oneLine(message);
    }

    /** Fit for a terminal, whoever wrote it, and no novel. */
    static String oneLine(String message) {
        return Printable.escaped(message.strip(), MAX_LENGTH);
    }

    static String oneLine(Problem problem) {
        return oneLine(problem.sessionId(), problem.part().code(), problem.cause(), problem.attempts());
    }

    static String oneLine(RunReport.ProblemReport problem) {
        return oneLine(problem.sessionId(), problem.part(), problem.cause(), problem.attempts());
    }

    private static String oneLine(String sessionId, String part, String cause, int attempts) {
        return "%s %s: %s (attempts: %d)"
                .formatted(Printable.escaped(sessionId, MAX_ID_LENGTH), part, oneLine(cause), attempts);
    }

    private static boolean isOurs(Throwable cause) {
        boolean wraps = cause instanceof UncheckedIOException
                || cause instanceof IOException && cause.getCause() instanceof IOException;
        boolean worded = wraps && !Objects.equals(cause.getMessage(), String.valueOf(cause.getCause()));
        return worded || cause.getClass().getName().startsWith(OURS) && cause.getMessage() != null;
    }

    static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
        return causes(failure)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}
