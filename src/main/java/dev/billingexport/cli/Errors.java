package dev.billingexport.cli;

import dev.billingexport.ledger.DataDirectoryInUseException;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** Exceptions in words for an operator: one line that says what is wrong, and the exit code that goes with it. */
final class Errors {

    private Errors() {}

    static int exitCode(Throwable failure) {
        if (cause(failure, DataDirectoryInUseException.class) != null) {
            return ExitCode.IN_USE;
        }
        boolean usage = cause(failure, UsageException.class) != null || cause(failure, BindException.class) != null;
        return usage ? ExitCode.USAGE : ExitCode.FAILED;
    }

    static String message(Throwable failure) {
        BindException binding = cause(failure, BindException.class);
        if (binding != null) {
            return binding(binding);
        }
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        String message = root.getMessage();
        // An I/O exception's message is often a bare path.
        if (message == null || message.isBlank() || root instanceof IOException) {
            return oneLine(root.getClass().getSimpleName() + ": " + message);
        }
        return oneLine(message);
    }

    static String oneLine(String message) {
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String binding(BindException failure) {
        UnboundConfigurationPropertiesException unbound = cause(failure, UnboundConfigurationPropertiesException.class);
        if (unbound != null) {
            return unbound.getUnboundProperties().stream()
                    .map(property -> "Unknown property " + property.getName() + origin(property.getOrigin()) + ".")
                    .collect(Collectors.joining(" "));
        }
        BindValidationException invalid = cause(failure, BindValidationException.class);
        if (invalid != null) {
            return invalid.getValidationErrors().getAllErrors().stream()
                    .map(error -> invalid(invalid.getValidationErrors().getName(), error))
                    .collect(Collectors.joining(" "));
        }
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        Object value =
                failure.getProperty() == null ? null : failure.getProperty().getValue();
        return oneLine(failure.getName() + (value == null ? "" : " = " + value) + ": " + root.getMessage());
    }

    private static String origin(@Nullable Object origin) {
        return origin == null ? "" : " (" + origin + ")";
    }

    private static String invalid(ConfigurationPropertyName prefix, ObjectError error) {
        String message = String.valueOf(error.getDefaultMessage());
        if (error instanceof FieldError field) {
            String name = field.getField().replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
            return prefix + "." + name + " = " + field.getRejectedValue() + ": " + message + ".";
        }
        return message;
    }

    private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
