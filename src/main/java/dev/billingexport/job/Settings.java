package dev.billingexport.job;

import dev.billingexport.files.Sha256;
import dev.billingexport.session.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * The settings that shape a delivery's files, as text by property name: everything below {@code export.report} and
 * {@code export.rating}, new settings included. Holds no secrets.
 */
public final class Settings {

    private static final String NONE = "none";

    private static final Set<String> OF_ONE_PROCESS = Set.of(
            "base-url", "connect-timeout", "max-attempts", "max-in-flight", "proxy", "read-timeout", "ssl-bundle");

    private final SortedMap<String, String> settings = new TreeMap<>();
    private final Map<Path, String> fingerprints;

    private Settings(Map<Path, String> fingerprints) {
        this.fingerprints = fingerprints;
    }

    /**
     * Returns the settings of an export, with the present content of its files. A value that isn't set is {@code none}.
     */
    public static SortedMap<String, String> of(ExportProperties properties) {
        return of(properties, Map.of());
    }

    /**
     * Returns the settings of an export, with the content of its files as it was read.
     *
     * @param fingerprints SHA-256 of the files
     */
    static SortedMap<String, String> of(ExportProperties properties, Map<Path, String> fingerprints) {
        Settings all = new Settings(fingerprints);
        all.add("export.report", properties.report());
        all.add("export.rating", properties.rating());
        return all.settings;
    }

    /**
     * Returns the settings that shape what is collected, in the same form: everything below {@code export.source} except
     * what depends on the machine and its network, and the account. Processes that share the windows of a run must agree
     * on them.
     */
    public static SortedMap<String, String> ofCollecting(ExportProperties properties, Scope scope) {
        Settings all = new Settings(Map.of());
        all.add("export.source", properties.source());
        OF_ONE_PROCESS.forEach(name -> all.settings.remove("export.source." + name));
        all.settings.put("export.source.base-url", scope.baseUrl().toString());
        all.settings.put("account", scope.account());
        return all.settings;
    }

    /**
     * Returns the differences, a line for each setting with its name, its delivered and its present value. A setting
     * that only one of two versions of this program knows is not a difference.
     *
     * @param delivered the manifest's settings; null where it is of version 1 and has none
     */
    public static List<String> differences(
            @Nullable SortedMap<String, String> delivered, SortedMap<String, String> now) {
        List<String> differences = new ArrayList<>();
        if (delivered != null) {
            now.forEach((name, value) -> {
                String before = delivered.get(name);
                if (before != null && !before.equals(value)) {
                    differences.add(name + ": was " + before + ", is " + value);
                }
            });
        }
        return differences;
    }

    private void add(String name, Record properties) {
        for (RecordComponent component : properties.getClass().getRecordComponents()) {
            String property = name + "." + kebab(component.getName());
            Object value = value(properties, component);
            if (value instanceof Record nested) {
                add(property, nested);
            } else {
                settings.put(property, text(value));
            }
        }
    }

    private static @Nullable Object value(Record properties, RecordComponent component) {
        try {
            return component.getAccessor().invoke(properties);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " can't be read", e);
        }
    }

    private String text(@Nullable Object value) {
        if (value == null) {
            return NONE;
        } else if (value instanceof Collection<?> many) {
            return joined(many.stream().map(this::text));
        } else if (value instanceof Map<?, ?> map) {
            return joined(map.entrySet().stream().map(entry -> text(entry.getKey()) + " " + text(entry.getValue())));
        } else if (value instanceof Record nested) {
            return "("
                    + joined(Stream.of(nested.getClass().getRecordComponents())
                            .map(component -> kebab(component.getName()) + " " + text(value(nested, component))))
                    + ")";
        } else if (value instanceof Duration duration) {
            return DurationStyle.SIMPLE.print(
                    duration, duration.toMillisPart() == 0 ? ChronoUnit.SECONDS : ChronoUnit.MILLIS);
        } else if (value instanceof BigDecimal number) {
            return number.stripTrailingZeros().toPlainString();
        } else if (value instanceof Path file) {
            String known = fingerprints.get(file);
            return file.getFileName() + " with SHA-256 " + (known == null ? sha256(file) : known);
        }
        return value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : value.toString();
    }

    private static String joined(Stream<String> texts) {
        String all = texts.sorted().collect(Collectors.joining(", "));
        return all.isEmpty() ? NONE : all;
    }

    private static String kebab(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** A file's content counts, not its path. */
    private static String sha256(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read " + file, e);
        }
    }
}
