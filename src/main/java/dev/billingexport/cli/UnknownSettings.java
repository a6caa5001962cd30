package dev.billingexport.cli;

import dev.billingexport.job.ExportProperties;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Refuses variables and system properties that look like settings of an export and are none, or that Java could not read.
 * Spring refuses those of files and of the command line alone, and either would silently bill something else.
 */
final class UnknownSettings {

    /** What Java has in place of every byte of a letter that is not of its locale's encoding. */
    private static final String UNREADABLE = "\uFFFD";

    private UnknownSettings() {}

    /** @throws UsageException if there is one */
    static void refuse(ConfigurableEnvironment environment) {
        for (String name : List.of(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)) {
            if (environment.getPropertySources().get(name) instanceof EnumerablePropertySource<?> source) {
                refuse(source);
                refuseUnreadable(source);
            }
        }
    }

    private static void refuseUnreadable(EnumerablePropertySource<?> source) {
        Arrays.stream(source.getPropertyNames())
                .filter(name -> name.matches("(?i)(export|enablex)[._].+"))
                .sorted()
                .forEach(name -> requireReadable(name, Objects.toString(source.getProperty(name), "")));
    }

    /** @throws UsageException if Java could not read what was given under that name */
    static void requireReadable(String name, String value) {
        if (value.contains(UNREADABLE)) {
            throw new UsageException(name + " holds letters that the locale of this process has not: set"
                    + " LC_ALL=C.UTF-8 in the environment.");
        }
    }

    private static void refuse(EnumerablePropertySource<?> source) {
        List<String> given = Arrays.stream(source.getPropertyNames())
                .filter(name -> name.matches("(?i)export[._].+"))
                .filter(name -> !Objects.toString(source.getProperty(name), "").isBlank())
                .sorted()
                .toList();
        Set<String> known = given.isEmpty() ? Set.of() : known(source);
        given.stream().filter(name -> !known.contains(plain(name))).findFirst().ifPresent(name -> {
            throw new UsageException("Unknown property " + name + " in the "
                    + (name.contains(".") ? "system properties." : "environment."));
        });
    }

    /** Every property that the binding looks for; whether their values are right is for the binding itself to say. */
    private static Set<String> known(EnumerablePropertySource<?> source) {
        Set<String> known = new HashSet<>();
        new Binder(ConfigurationPropertySources.from(source))
                .bind("export", Bindable.of(ExportProperties.class), new BindHandler() {
                    @Override
                    public <T> Bindable<T> onStart(
                            ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
                        known.add(plain(name.toString()));
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
