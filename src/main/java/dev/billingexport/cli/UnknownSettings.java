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
 * Finds variables, system properties and mounted files that look like settings of an export and are none, or that Java could
 * not read. Spring refuses those of the job file and of the command line alone, and either would silently bill something else.
 */
final class UnknownSettings {

    /** What Java has in place of every byte of a letter that is not of its locale's encoding. */
    private static final String UNREADABLE = "\uFFFD";

    private static final Map<String, String> PLACES = Map.of(
            ExportEnvironment.SYSTEM_PROPERTIES, "system properties",
            ExportEnvironment.VARIABLES, "environment",
            ExportEnvironment.MOUNTED_FILES, "mounted files");

    /** What Kubernetes sets in every pod for a service whose name begins with "export". */
    private static final Pattern SERVICE = Pattern.compile("EXPORT(_[A-Z0-9_]+)?"
            + "(_SERVICE_HOST=.*|_SERVICE_PORT(_[A-Z0-9_]+)?=\\d+|_PORT=(tcp|udp|sctp)://.*"
            + "|_PORT_\\d+_(TCP|UDP|SCTP)(=(tcp|udp|sctp)://.*|_PROTO=(tcp|udp|sctp)|_PORT=\\d+|_ADDR=.*))");

    /** A variable has no case, and Spring would take what it has for small letters. */
    private static final Pattern TAG = Pattern.compile("(?i)export_delivery_s3_tags_.+");

    private UnknownSettings() {}

    /** Returns a line for each. */
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

    /** The complaint about what Java could not read of a value; none where it could read all of it. */
    static Optional<String> unreadable(String name, String value) {
        return value.contains(UNREADABLE)
                ? Optional.of(name + " holds letters that the locale of this process has not: set LC_ALL=C.UTF-8 in the"
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
            return Optional.of("Property " + name + place + ": a variable's name can't say how a tag is written. Put it"
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

    /** Every property that the binding looks for; whether their values are right is for the binding itself to say. */
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

    /** Variables have neither dots nor dashes; an element of a list is as good as the list. */
    private static String plain(String name) {
        return name.replaceFirst("(_|\\[)\\d+]?$", "")
                .replaceAll("[^\\p{Alnum}]", "")
                .toLowerCase(Locale.ROOT);
    }
}
