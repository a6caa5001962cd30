package dev.billingexport.cli;

import dev.billingexport.delivery.Location;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.util.ClassUtils;

/** Describes what settings of each type take, with an example. */
final class SettingTypes {

    /** Types whose value is taken as it is written. */
    private static final Set<Class<?>> TEXT = Set.of(String.class, Path.class, URI.class, Location.class);

    private static final Map<Class<?>, String> WORDS = Map.of(
            Integer.class, "must be a whole number, such as 10.",
            Boolean.class, "must be true or false.",
            Duration.class, "must be a duration with a unit, such as 30s, 6h or 1d.",
            ZoneId.class, "must be a time zone, such as UTC or Europe/Berlin.",
            Currency.class, "must be a three-letter currency code (ISO 4217), such as EUR.",
            URI.class, "must be a URL, such as https://api.example.com/v1.",
            Path.class, "must be a path, such as /var/lib/billing-export.");

    private SettingTypes() {}

    /** Returns what is wrong with a value that could be converted; null where nothing is. */
    static @Nullable String complaint(Bindable<?> target, ConfigurationProperty property) {
        Class<?> type = elementType(target.getType());
        String value = String.valueOf(property.getValue());
        if (type == Duration.class && value.matches("[+-]?\\d*[1-9]\\d*")) {
            return WORDS.get(Duration.class);
        }
        boolean otherwise = property.getOrigin() instanceof PropertySourceOrigin setting
                && setting.getOrigin() instanceof OriginAt origin
                && origin.readsOtherwise();
        return otherwise && TEXT.contains(type)
                ? "YAML reads this as another value. Put it in quotes: \"" + value + "\"."
                : null;
    }

    /** Returns what a setting takes whose value could not be converted. */
    static String wanted(Bindable<?> target, Throwable failure) {
        return Stream.concat(
                        Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                                .filter(ConversionFailedException.class::isInstance)
                                .map(cause -> ((ConversionFailedException) cause)
                                        .getTargetType()
                                        .getType()),
                        Stream.of(elementType(target.getType())))
                .map(SettingTypes::words)
                .filter(Objects::nonNull)
                .reduce((outer, inner) -> inner)
                .orElse("it can't take that value.");
    }

    /**
     * Returns the property whose name could not be converted, such as an unknown application among the prices.
     *
     * @param first finds the first property at a name or below it
     */
    static @Nullable ConfigurationProperty key(
            ConfigurationPropertyName map,
            Throwable failure,
            Function<ConfigurationPropertyName, @Nullable ConfigurationProperty> first) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(ConversionFailedException.class::isInstance)
                .map(cause -> String.valueOf(((ConversionFailedException) cause).getValue()))
                .map(key -> map.append(ConfigurationPropertyName.adapt(key, '.').toString()))
                .map(first)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static Class<?> elementType(ResolvableType type) {
        List<ResolvableType> elements = List.of(type.asCollection().getGenerics());
        return elements.isEmpty() ? type.resolve(Object.class) : elements.get(0).resolve(Object.class);
    }

    private static @Nullable String words(Class<?> type) {
        Class<?> boxed = ClassUtils.resolvePrimitiveIfNecessary(type);
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .sorted()
                    .collect(Collectors.joining(", ", "must be one of ", "."));
        }
        if (boxed == Long.class) {
            return WORDS.get(Integer.class);
        }
        if (boxed == BigDecimal.class || boxed == Double.class) {
            return "must be a number, such as 0.25.";
        }
        return WORDS.get(boxed);
    }
}
