package dev.billingexport.cli;

import static dev.billingexport.cli.ExportContext.DATABASE;

import dev.billingexport.ledger.DatabaseUrl;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.StringUtils;

/** Finds what is wrong with the setting that names the database. */
final class DatabaseErrors {

    private DatabaseErrors() {}

    /** Returns a line for each error; empty where the database is usable, or the one of the data directory. */
    static List<String> of(ConfigurableEnvironment environment) {
        List<String> errors = new ArrayList<>();
        try {
            String database = environment.getProperty(DATABASE);
            if (database != null) {
                DatabaseUrl.check(database);
            }
        } catch (IllegalArgumentException e) {
            errors.add(DATABASE + place(environment) + " " + e.getMessage());
        }
        if (StringUtils.hasText(environment.getProperty("export.workers.broker-url"))
                && !DatabaseUrl.isPostgresql(environment.getProperty(DATABASE, ""))) {
            errors.add("export.workers.broker-url: workers share a database on PostgreSQL. Set " + DATABASE
                    + " to jdbc:postgresql://host/database, or take the broker out.");
        }
        return errors;
    }

    private static String place(ConfigurableEnvironment environment) {
        return environment.getPropertySources().stream()
                .filter(source -> source.containsProperty(DATABASE))
                .findFirst()
                .map(source -> SettingErrors.origin(OriginLookup.getOrigin(source, DATABASE)))
                .orElse("");
    }
}
