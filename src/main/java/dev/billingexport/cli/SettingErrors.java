package dev.billingexport.cli;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.util.ClassUtils;

/** What is wrong with a setting, in a line: its name, where it stands, and what it takes. */
final class SettingErrors {

    private SettingErrors() {}

    static String message(BindException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnboundConfigurationPropertiesException unbound) {
                return unbound.getUnboundProperties().stream()
                        .map(SettingErrors::unbound)
                        .collect(Collectors.joining(" "));
            }
        }
        return unbindable(failure);
    }

    /** A known property that is blank counts as not given, and is left over then. */
    private static String unbound(ConfigurationProperty property) {
        String where = property.getName() + origin(property.getOrigin());
        return "".equals(property.getValue())
                ? where + " has no value: leave it out, or give it one."
                : "Unknown property " + where + ".";
    }

    private static String unbindable(BindException failure) {
        String reason = String.valueOf(
                NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
        // Our own checks name the property themselves.
        if (reason.startsWith("export.")) {
            return reason;
        }
        ConfigurationProperty property = failure.getProperty();
        String where = failure.getName() + origin(property == null ? null : property.getOrigin());
        String wanted = wanted(failure);
        // A value is shown only where it is known to be no secret: a URL may hold a password.
        return wanted == null || property == null
                ? where + " has a value that it can't take."
                : where + " = " + property.getValue() + ": must be " + wanted + ".";
    }

    private static @Nullable String wanted(BindException failure) {
        return Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
                .filter(ConversionFailedException.class::isInstance)
                .map(cause -> wanted(
                        ((ConversionFailedException) cause).getTargetType().getType()))
                .filter(Objects::nonNull)
                .reduce((outer, inner) -> inner)
                .orElse(null);
    }

    private static @Nullable String wanted(Class<?> type) {
        Class<?> boxed = ClassUtils.resolvePrimitiveIfNecessary(type);
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .sorted()
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        if (Number.class.isAssignableFrom(boxed)) {
            return boxed == Integer.class ? "a whole number" : "a number";
        }
        if (boxed == Boolean.class) {
            return "true or false";
        }
        if (type == Duration.class) {
            return "a time with its unit, such as 30s, 6h or 1d";
        }
        return type == ZoneId.class ? "a time zone, such as UTC or Europe/Berlin" : null;
    }

    private static String origin(@Nullable Origin origin) {
        Origin place = origin instanceof PropertySourceOrigin setting ? setting.getOrigin() : origin;
        if (place instanceof TextResourceOrigin text && text.getResource() != null && text.getLocation() != null) {
            return " (%s, line %d)"
                    .formatted(
                            text.getResource().getFilename(), text.getLocation().getLine() + 1);
        }
        return place == null ? "" : " (" + place + ")";
    }
}
