package dev.billingexport.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * The sources of settings. The first that has a setting wins: command line, Java's system properties, environment
 * variables, mounted files, job file, the program's own defaults. Spring Boot's own sources are left out: it would read
 * any {@code application.yml} in the working directory and create the beans that it names.
 */
final class ExportEnvironment {

    static final String SYSTEM_PROPERTIES = StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME;
    static final String VARIABLES = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

    /** The suffix makes Spring Boot accept names such as {@code EXPORT_NAME} from this source. */
    static final String MOUNTED_FILES = "mounted files-" + VARIABLES;

    /**
     * Names that are accepted from variables, system properties and mounted files. Others may be there for other
     * programs.
     */
    private static final Pattern LISTED = Pattern.compile("(?i)(export|enablex)[._].+"
            + "|spring[._]datasource[._](url|username|password)"
            + "|spring[._]ssl[._]bundle[._](pem|jks)[._].+"
            + "|spring[._]mail[._](host|port|protocol|username|password|default[-_]?encoding|(ssl|properties)[._].+)"
            + "|logging[._]level[._].+"
            + "|(https|no)_proxy");

    private ExportEnvironment() {}

    /**
     * @param settings command-line settings as {@code --property=value}
     * @throws UsageException if mounted files can't be read
     */
    static StandardEnvironment of(@Nullable JobFile jobFile, List<String> settings) {
        StandardEnvironment environment = new StandardEnvironment();
        MutablePropertySources sources = environment.getPropertySources();
        Map<String, Object> properties = environment.getSystemProperties();
        Map<String, Object> variables = environment.getSystemEnvironment();
        Map<String, Object> mounted = MountedFiles.read(Objects.toString(
                properties.getOrDefault(MountedFiles.PROPERTY, variables.getOrDefault(MountedFiles.VARIABLE, "")), ""));
        List<String> names = sources.stream().map(source -> source.getName()).toList();
        names.forEach(sources::remove);
        sources.addLast(commandLine(settings));
        sources.addLast(new MapPropertySource(SYSTEM_PROPERTIES, listed(properties)));
        sources.addLast(new Variables(VARIABLES, listed(variables)));
        sources.addLast(new Variables(MOUNTED_FILES, listed(mounted)));
        if (jobFile != null) {
            sources.addLast(new OriginTrackedMapPropertySource(jobFile.path().toString(), jobFile.values(), true));
        }
        addOwnFile(sources);
        if (jobFile != null) {
            sources.addLast(new MapPropertySource("job file's name", Map.of("export.name", jobFile.exportName())));
        }
        return environment;
    }

    /** Escapes a value so that Spring doesn't replace ${…} in it, for example in a password. */
    static String literal(String value) {
        return value.replace("${", "\\${");
    }

    private static MapPropertySource commandLine(List<String> settings) {
        SimpleCommandLinePropertySource given = new SimpleCommandLinePropertySource(settings.toArray(String[]::new));
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name : given.getPropertyNames()) {
            values.put(name, literal(Objects.toString(given.getProperty(name), "")));
        }
        return new MapPropertySource("command line", values);
    }

    private static void addOwnFile(MutablePropertySources sources) {
        try {
            new YamlPropertySourceLoader()
                    .load("application.yml", new ClassPathResource("application.yml"))
                    .forEach(sources::addLast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether a variable, system property or mounted file of this name is accepted. */
    static boolean isListed(String name) {
        return LISTED.matcher(name).matches();
    }

    private static Map<String, Object> listed(Map<String, ?> values) {
        Map<String, Object> listed = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (isListed(String.valueOf(name))) {
                listed.put(name, literal(String.valueOf(value)));
            }
        });
        return listed;
    }

    /** Keeps the name of the variable that each value comes from. */
    private static final class Variables extends SystemEnvironmentPropertySource implements OriginLookup<String> {

        Variables(String name, Map<String, Object> values) {
            super(name, values);
        }

        @Override
        public @Nullable Origin getOrigin(String name) {
            String variable = resolvePropertyName(name);
            return containsProperty(variable) ? new SystemEnvironmentOrigin(variable) : null;
        }
    }
}
