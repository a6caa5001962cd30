package dev.billingexport.cli;

import dev.billingexport.api.Credentials;
import dev.billingexport.ledger.DataDirectory;
import dev.billingexport.ledger.DatabaseException;
import dev.billingexport.ledger.Runs;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * The application behind one command. Opening it starts nothing: every part is made when it is first asked for, so that
 * the configuration is checked before the data directory is touched.
 */
final class ExportContext implements AutoCloseable {

    static final Path DEFAULT_DATA_DIRECTORY = Path.of("data");

    private final ConfigurableApplicationContext context;

    private ExportContext(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** With what the environment says and nothing else. */
    static ExportContext open(Class<?> application) {
        return open(application, null, List.of(), null);
    }

    /**
     * @throws UsageException if the configuration can't be used
     * @param settings command-line settings as {@code --property=value}; they override everything else
     * @param credentials null for those of the environment
     */
    static ExportContext open(
            Class<?> application, @Nullable JobFile jobFile, List<String> settings, @Nullable Credentials credentials) {
        List<String> arguments = new ArrayList<>(settings);
        SpringApplicationBuilder builder = new SpringApplicationBuilder(application);
        if (jobFile != null) {
            arguments.add(
                    "--spring.config.additional-location=" + jobFile.path().toUri());
            builder.properties(Map.of("export.name", jobFile.exportName()));
        }
        SpringApplication spring = builder.build();
        spring.addInitializers(context -> prepare((GenericApplicationContext) context, credentials));
        try {
            return new ExportContext(spring.run(arguments.toArray(String[]::new)));
        } catch (RuntimeException e) {
            throw new UsageException(Errors.message(e), e);
        }
    }

    <T> T get(Class<T> part) {
        return context.getBean(part);
    }

    /** Where the data directory is, or will be. */
    Path dataDirectory() {
        return dataDirectory(context.getEnvironment());
    }

    /**
     * Takes hold of the data directory and its database; to be called before anything that reads or writes the ledger.
     *
     * @throws DatabaseException if the database can't be opened
     */
    void acquireDataDirectory() {
        get(DataDirectory.class).openDatabase(() -> get(Runs.class));
    }

    @Override
    public void close() {
        context.close();
    }

    private static void prepare(GenericApplicationContext context, @Nullable Credentials credentials) {
        ConfigurableEnvironment environment = context.getEnvironment();
        UnknownSettings.refuse(environment);
        Path dataDirectory = dataDirectory(environment);
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "data directory", Map.of("spring.datasource.url", DataDirectory.url(dataDirectory))));
        context.registerBean(
                DataDirectory.class, () -> DataDirectory.acquire(dataDirectory, context.getBean(Clock.class)));
        context.registerBean(
                Credentials.class,
                () -> credentials != null ? credentials : Credentials.from(environment::getProperty));
    }

    private static Path dataDirectory(ConfigurableEnvironment environment) {
        return Path.of(environment.getProperty("export.data-dir", DEFAULT_DATA_DIRECTORY.toString()));
    }
}
