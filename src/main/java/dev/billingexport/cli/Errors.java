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

/** Turns exceptions into one line for an operator, and into the exit code. */
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
     * Returns the message of this program's own exception, which says what to do; else that of the root cause. One
     * line, except that each fault of the usage has its own.
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
                    + ". Give Java more memory, for example JAVA_TOOL_OPTIONS=-Xmx1g.");
        }
        if (root instanceof Error) {
            return oneLine(root.toString());
        }
        String message = root.getMessage();
        // The message of an I/O exception is often only a path.
        if (message == null || message.isBlank() || root instanceof IOException) {
            return oneLine(root.getClass().getSimpleName() + ": " + message);
        }
        return oneLine(message);
    }

    /** Returns text from anywhere as one short line that is safe for a terminal. */
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
