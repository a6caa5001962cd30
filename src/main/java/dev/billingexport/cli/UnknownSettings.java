package dev.billingexport.cli;

import dev.billingexport.job.ExportProperties;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Finds variables, system properties and mounted files that look like settings of an export but are unknown, or that
 * Java could not decode. Spring checks only the job file and the command line. An ignored setting would silently bill
 * something else.
 */
final class UnknownSettings {

    /** The replacement character, which Java substitutes for bytes that are invalid in the locale's encoding. */
    private static final String UNREADABLE = "\uFFFD";

    private static final Map<String, String> PLACES = Map.of(
            ExportEnvironment.SYSTEM_PROPERTIES, "system properties",
            ExportEnvironment.VARIABLES, "environment",
            ExportEnvironment.MOUNTED_FILES, "mounted files");

    /** Variables that Kubernetes sets in every pod for a service whose name begins with "export". */
    private static final Pattern SERVICE = Pattern.compile("EXPORT(_[A-Z0-9_]+)?"
            + "(_SERVICE_HOST=.*|_SERVICE_PORT(_[A-Z0-9_]+)?=\\d+|_PORT=(tcp|udp|sctp)://.*"
            + "|_PORT_\\d+_(TCP|UDP|SCTP)(=(tcp|udp|sctp)://.*|_PROTO=(tcp|udp|sctp)|_PORT=\\d+|_ADDR=.*))");

    /** The name of a variable can't express a tag's case: Spring would read lower-case letters. */
    private static final Pattern TAG = Pattern.compile("(?i)export_delivery_s3_tags_.+");

    private UnknownSettings() {}

    /** Returns a line for each unknown or unreadable setting. */
    static List<String> of(ConfigurableEnvironment environment) {
        return Stream.of(
                        ExportEnvironment.VARIABLES,
                        ExportEnvironment.MOUNTED_FILES,
                        ExportEnvironment.SYSTEM_PROPERTIES)
                .map(environment.getPropertySources()::get)
                .filter(EnumerablePropertySource.class::isInstance)
                .map(source -> (EnumerablePropertySource<?>) source)
                .flatMap(source -> complaints(source).stream())
                .toList();
    }

    /** Returns the error for a value that Java could not decode; empty where it could. */
    static Optional<String> unreadable(String name, String value) {
        return value.contains(UNREADABLE)
                ? Optional.of(
                        name + " holds characters that this process's locale can't represent: set LC_ALL=C.UTF-8 in the"
                                + " environment.")
                : Optional.empty();
    }

    private static List<String> complaints(EnumerablePropertySource<?> source) {
        Map<String, String> given = new LinkedHashMap<>();
        Arrays.stream(source.getPropertyNames())
                .filter(name -> name.matches("(?i)(export|enablex)[._].+"))
                .sorted()
                .forEach(name -> given.put(name, Objects.toString(source.getProperty(name), "")));
        Set<String> known = given.isEmpty() ? Set.of() : known(source);
        Set<String> plain = known.stream().map(UnknownSettings::plain).collect(Collectors.toSet());
        return given.entrySet().stream()
                .flatMap(setting -> Stream.concat(
                        unreadable(setting.getKey(), setting.getValue()).stream(),
                        unknown(setting, known, plain, " in the " + PLACES.get(source.getName())).stream()))
                .toList();
    }

    private static Optional<String> unknown(
            Map.Entry<String, String> setting, Set<String> known, Set<String> plain, String place) {
        String name = setting.getKey();
        boolean ours = name.matches("(?i)export[._].+");
        if (!ours
                || setting.getValue().isBlank()
                || SERVICE.matcher(name + "=" + setting.getValue()).matches()) {
            return Optional.empty();
        }
        if (TAG.matcher(name).matches()) {
            return Optional.of(
                    "Property " + name + place + ": the name of a variable can't express the case of a tag. Put it"
                            + " into the job file, under export.delivery.s3.tags.");
        }
        if (plain.contains(plain(name))) {
            return Optional.empty();
        }
        boolean variable = !name.contains(".");
        Set<String> words = known.stream()
                .map(word -> variable ? word.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT) : word)
                .collect(Collectors.toSet());
        return Optional.of("Unknown property " + name + place + "." + Nearest.question(name, words));
    }

    /** Returns every property that the binding looks for. Errors in values are not reported here. */
    private static Set<String> known(EnumerablePropertySource<?> source) {
        Set<String> known = new HashSet<>();
        new Binder(ConfigurationPropertySources.from(source))
                .bind("export", Bindable.of(ExportProperties.class), new BindHandler() {
                    @Override
                    public <T> Bindable<T> onStart(
                            ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
                        known.add(name.toString());
                        return target;
                    }

                    @Override
                    public @Nullable Object onFailure(
                            ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error) {
                        return null;
                    }
                });
        return known;
    }

    /** Variables have neither dots nor dashes. An element of a list counts as the list. */
    private static String plain(String name) {
        return name.replaceFirst("(_|\\[)\\d+]?$", "")
                .replaceAll("[^\\p{Alnum}]", "")
                .toLowerCase(Locale.ROOT);
    }
}
