package dev.billingexport.cli;

import dev.billingexport.job.ExportProperties;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Finds all errors in the settings: a line each, with the property's name, its position, its value and what it takes.
 * Spring stops at the first error; here a setting with an error is removed and the rest is bound again.
 */
final class SettingErrors {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("export");

    /** The beginning of our own messages: the property's name. */
    private static final Pattern OWN_COMPLAINT =
            Pattern.compile("(?<name>export(\\.[a-z0-9-]+(\\[[^\\]]*])?)+)(?<complaint>.*)", Pattern.DOTALL);

    private final ConfigurableEnvironment environment;
    private final Set<ConfigurationPropertyName> refused = new LinkedHashSet<>();
    private final Set<String> known = new LinkedHashSet<>();

    /** Maps that could not be bound because of one of their keys. Their other keys are bound next time. */
    private final Set<ConfigurationPropertyName> halfBound = new LinkedHashSet<>();

    private final Map<String, String> complaints = new LinkedHashMap<>();

    private SettingErrors(ConfigurableEnvironment environment, Map<String, String> complaints) {
        this.environment = environment;
        complaints.forEach((name, complaint) -> complain(ConfigurationPropertyName.adapt(name, '.'), complaint));
    }

    /**
     * Returns a line for each error; empty where all settings can be used.
     *
     * @param complaints errors that are known already, by property; they come first
     */
    static List<String> of(ConfigurableEnvironment environment, Map<String, String> complaints) {
        SettingErrors errors = new SettingErrors(environment, complaints);
        int before;
        do {
            before = errors.complaints.size();
            errors.bind();
        } while (errors.complaints.size() > before);
        return new ArrayList<>(errors.complaints.values());
    }

    /**
     * Returns the position of a setting, in brackets after a blank; empty where it has none that a user can look at.
     */
    static String origin(@Nullable Origin origin) {
        Origin place = origin instanceof PropertySourceOrigin setting ? setting.getOrigin() : origin;
        if (place instanceof TextResourceOrigin text && text.getResource() != null && text.getLocation() != null) {
            return " (%s, line %d)"
                    .formatted(
                            text.getResource().getFilename(), text.getLocation().getLine() + 1);
        }
        return place instanceof SystemEnvironmentOrigin variable ? " (" + variable.getProperty() + ")" : "";
    }

    private void bind() {
        halfBound.clear();
        List<ConfigurationPropertySource> sources = StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .map(source -> source.filter(
                        name -> refused.stream().noneMatch(wrong -> wrong.equals(name) || wrong.isAncestorOf(name))))
                .toList();
        Binder binder =
                new Binder(sources, new PropertySourcesPlaceholdersResolver(environment), null, PlainPaths::register);
        try {
            binder.bind(
                    ROOT,
                    Bindable.of(ExportProperties.class),
                    new NoUnboundElementsBindHandler(new Collector(), new UnboundElementsSourceFilter()));
        } catch (BindException e) {
            if (!(e.getCause() instanceof UnboundConfigurationPropertiesException unbound)) {
                throw e;
            }
            unbound.getUnboundProperties().forEach(this::unbound);
        }
    }

    private void complain(ConfigurationPropertyName name, String complaint) {
        // Spring stops at the first missing element of a list, so later elements would seem to be unknown.
        boolean element = name.isLastElementIndexed()
                && name.getLastElement(Form.ORIGINAL).matches("\\d+");
        refused.add(element ? name.getParent() : name);
        complaints.putIfAbsent(name.toString(), complaint);
    }

    /** Continues after each error. */
    private final class Collector extends AbstractBindHandler {

        @Override
        public <T> @Nullable Bindable<T> onStart(
                ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
            known.add(name.toString());
            return target;
        }

        @Override
        public @Nullable Object onSuccess(
                ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
            ConfigurationProperty property = property(name, context);
            String wanted = property == null ? null : SettingTypes.complaint(target, property);
            if (property != null && wanted != null) {
                complaints.putIfAbsent(name.toString(), shown(property) + ": " + wanted);
            }
            return result;
        }

        @Override
        public @Nullable Object onFailure(
                ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception failure) {
            failed(name, target, property(name, context), failure);
            return null;
        }

        /** The context may also refer to a property that was bound before. */
        private static @Nullable ConfigurationProperty property(ConfigurationPropertyName name, BindContext context) {
            ConfigurationProperty property = context.getConfigurationProperty();
            return property != null && property.getName().equals(name) ? property : null;
        }
    }

    /** A known property with a blank value is treated as not set and reported as left over. */
    private void unbound(ConfigurationProperty property) {
        ConfigurationPropertyName name = property.getName();
        if (halfBound.stream().anyMatch(map -> map.isAncestorOf(name))) {
            return;
        }
        String where = name + origin(property.getOrigin());
        complain(
                name,
                "".equals(property.getValue())
                        ? where + " has no value: leave it out, or give it one."
                        : "Unknown property " + where + "." + Nearest.question(name.toString(), known));
    }

    private void failed(
            ConfigurationPropertyName name,
            Bindable<?> target,
            @Nullable ConfigurationProperty property,
            Exception failure) {
        // An error in a list's element concerns the list.
        if (refused.contains(name)) {
            return;
        }
        String reason = String.valueOf(
                NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
        Matcher own = OWN_COMPLAINT.matcher(reason);
        if (own.matches()) {
            own(ConfigurationPropertyName.of(own.group("name")), reason, own.group("complaint"));
            return;
        }
        ConfigurationProperty wrong = property == null ? SettingTypes.key(name, failure, this::first) : property;
        ConfigurationPropertyName wrongName = wrong == null ? name : wrong.getName();
        String wanted = SettingTypes.wanted(target, failure);
        if (property == null && wrong != null) {
            halfBound.add(name);
            complain(wrongName, "Unknown property " + wrongName + origin(wrong.getOrigin()) + ": " + wanted);
        } else {
            complain(
                    wrongName,
                    wrong == null ? name + " has a value that it can't take." : shown(wrong) + ": " + wanted);
        }
    }

    /**
     * Reports one of our own checks. Their messages name the property, but not its position and mostly not its value.
     */
    private void own(ConfigurationPropertyName name, String reason, String complaint) {
        // Skips errors that only follow from an error that is already reported.
        if (refused.stream().anyMatch(wrong -> name.isAncestorOf(wrong) || reason.contains(wrong.toString()))) {
            refused.add(name);
            return;
        }
        ConfigurationProperty property = first(name);
        if (property == null) {
            complain(name, reason);
            return;
        }
        boolean bare = property.getName().equals(name) && complaint.startsWith(" must ");
        complain(name, bare ? shown(property) + ":" + complaint : name + origin(property.getOrigin()) + complaint);
    }

    /** Returns the property with this name, else the first below it; null where there is none. */
    private @Nullable ConfigurationProperty first(ConfigurationPropertyName name) {
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property != null) {
                return property;
            }
        }
        return StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .filter(IterableConfigurationPropertySource.class::isInstance)
                .map(IterableConfigurationPropertySource.class::cast)
                .flatMap(source -> source.stream().filter(name::isAncestorOf).map(source::getConfigurationProperty))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Shows the value only where it can't be a secret: a URL may hold a password. */
    private static String shown(ConfigurationProperty property) {
        String value = String.valueOf(property.getValue()).replace("\\${", "${");
        boolean secret = value.contains("@")
                || value.contains("//")
                || property.getName().toString().matches(".*(password|secret|token).*");
        return property.getName() + origin(property.getOrigin()) + (secret || value.isBlank() ? "" : " = " + value);
    }
}
