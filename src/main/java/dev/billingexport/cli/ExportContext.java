package dev.billingexport.cli;

import dev.billingexport.api.Credentials;
import dev.billingexport.ledger.DataDirectory;
import dev.billingexport.ledger.DatabaseException;
import dev.billingexport.ledger.DatabaseUrl;
import dev.billingexport.ledger.LedgerAccess;
import dev.billingexport.ledger.PostgresqlServer;
import dev.billingexport.ledger.Runs;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.support.EnvironmentPostProcessorApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * The Spring application behind one command. Opening it checks the configuration and starts nothing; beans are created
 * when they are first requested.
 */
final class ExportContext implements AutoCloseable {

    static final Path DEFAULT_DATA_DIRECTORY = Path.of("data");

    static final String DATABASE = "spring.datasource.url";

    private final ConfigurableApplicationContext context;

    private ExportContext(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Opens it with the environment's settings only, for commands that need neither API nor ledger. */
    static ExportContext open(Class<?> application) {
        return open(application, LedgerAccess.EXCLUSIVE);
    }

    /** Opens it with the environment's settings only, for commands that don't query the API. */
    static ExportContext open(Class<?> application, LedgerAccess access) {
        ConfigurableEnvironment environment = ExportEnvironment.of(null, List.of());
        refuse(complaints(environment, Map.of()));
        return open(application, environment, null, access);
    }

    /**
     * Opens it with all that a run needs.
     *
     * @param settings command-line settings as {@code --property=value}; they override all others
     * @param credentials null for those of the environment
     * @throws UsageException if the configuration can't be used; the message has a line for each error
     */
    static ExportContext open(
            Class<?> application, @Nullable JobFile jobFile, List<String> settings, @Nullable Credentials credentials) {
        return open(application, jobFile, settings, credentials, LedgerAccess.EXCLUSIVE);
    }

    /** The same, for a process that may work beside another one. */
    static ExportContext open(
            Class<?> application,
            @Nullable JobFile jobFile,
            List<String> settings,
            @Nullable Credentials credentials,
            LedgerAccess access) {
        ConfigurableEnvironment environment = ExportEnvironment.of(jobFile, settings);
        List<String> complaints = complaints(environment, jobFile == null ? Map.of() : jobFile.complaints());
        try {
            DataDirectory.url(dataDirectory(environment));
        } catch (IllegalArgumentException e) {
            complaints.add(String.valueOf(e.getMessage()));
        }
        Credentials given = credentials;
        if (given == null) {
            try {
                given = Credentials.from(environment::getProperty);
            } catch (IllegalArgumentException e) {
                complaints.add(Errors.message(e));
            }
        }
        refuse(complaints);
        return open(application, environment, given, access);
    }

    private static ExportContext open(
            Class<?> application,
            ConfigurableEnvironment environment,
            @Nullable Credentials credentials,
            LedgerAccess access) {
        SpringApplication spring = new SpringApplication(application);
        // Removes Spring's own sources of settings, such as application.yml in the working directory.
        spring.setListeners(spring.getListeners().stream()
                .filter(listener -> !(listener instanceof EnvironmentPostProcessorApplicationListener))
                .toList());
        spring.setEnvironment(environment);
        spring.addInitializers(context -> prepare((GenericApplicationContext) context, credentials, access));
        try {
            return new ExportContext(spring.run());
        } catch (UsageException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new UsageException(Errors.message(e), e);
        }
    }

    <T> T get(Class<T> part) {
        return context.getBean(part);
    }

    /**
     * Returns a command about a run as the user should type it. It sets the data directory and the database where needed,
     * because such a command finds the run before it can read the run's job file.
     */
    String command(String command, long run) {
        Path path = dataDirectory();
        String variables = path.equals(DEFAULT_DATA_DIRECTORY) ? "" : "EXPORT_DATA_DIR='" + path + "' ";
        if (isOnServer()) {
            String user = context.getEnvironment().getProperty("spring.datasource.username");
            variables += "SPRING_DATASOURCE_URL='" + database() + "' "
                    + (user == null ? "" : "SPRING_DATASOURCE_USERNAME='" + user + "' ");
        }
        return variables + Program.name() + " " + command + " " + run;
    }

    /** Returns the data directory, which may not exist yet. */
    Path dataDirectory() {
        return dataDirectory(context.getEnvironment());
    }

    /**
     * Locks the data directory and opens its database. To be called before anything reads or writes the ledger.
     *
     * @throws DatabaseException if the database can't be opened
     */
    void acquireDataDirectory() {
        try {
            DataDirectory.url(dataDirectory());
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
        DatabaseUrl.requireOwnFile(database());
        DataDirectory directory = get(DataDirectory.class);
        if (isOnServer()) {
            openOnServer();
        } else {
            directory.openDatabase(() -> get(Runs.class));
        }
    }

    /** Whether the ledger is on PostgreSQL, and not in the data directory. */
    boolean isOnServer() {
        return DatabaseUrl.isPostgresql(database());
    }

    /** Opens a ledger on PostgreSQL, for commands that need no data directory. */
    void openOnServer() {
        PostgresqlServer.open(
                database(),
                context.getEnvironment().getProperty("spring.datasource.username", System.getProperty("user.name")),
                () -> get(Runs.class));
    }

    /** Where the ledger is, as users name it. */
    String ledger() {
        return isOnServer()
                ? DatabaseUrl.name(database())
                : dataDirectory().toAbsolutePath().normalize().toString();
    }

    /** The settings that lead another command to the same ledger, whatever its job file says. */
    List<String> place() {
        List<String> place = new ArrayList<>(List.of("--export.data-dir=" + dataDirectory()));
        if (isOnServer()) {
            place.add("--" + DATABASE + "=" + ExportEnvironment.literal(database()));
        }
        return place;
    }

    private String database() {
        return context.getEnvironment().getProperty(DATABASE, "");
    }

    @Override
    public void close() {
        context.close();
    }

    private static List<String> complaints(ConfigurableEnvironment environment, Map<String, String> ofJobFile) {
        List<String> complaints = new ArrayList<>(UnknownSettings.of(environment));
        complaints.addAll(SettingErrors.of(environment, ofJobFile));
        complaints.addAll(DatabaseErrors.of(environment));
        return complaints;
    }

    private static void refuse(List<String> complaints) {
        if (!complaints.isEmpty()) {
            throw new UsageException(complaints);
        }
    }

    private static void prepare(
            GenericApplicationContext context, @Nullable Credentials credentials, LedgerAccess access) {
        ConfigurableEnvironment environment = context.getEnvironment();
        Path dataDirectory = dataDirectory(environment);
        environment.getPropertySources().addLast(new MapPropertySource("data directory", database(dataDirectory)));
        context.getBeanFactory().addPropertyEditorRegistrar(PlainPaths::register);
        context.registerBean(
                DataDirectory.class, () -> DataDirectory.acquire(dataDirectory, context.getBean(Clock.class)));
        context.registerBean(LedgerAccess.class, () -> access);
        if (credentials != null) {
            context.registerBean(Credentials.class, () -> credentials);
        }
    }

    /**
     * Falls back to no database for an invalid path, so that commands without a data directory work. Other commands
     * report the path later.
     */
    private static Map<String, Object> database(Path dataDirectory) {
        try {
            return Map.of(DATABASE, ExportEnvironment.literal(DataDirectory.url(dataDirectory)));
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }

    static Path dataDirectory(ConfigurableEnvironment environment) {
        return Path.of(environment.getProperty("export.data-dir", DEFAULT_DATA_DIRECTORY.toString()));
    }
}
