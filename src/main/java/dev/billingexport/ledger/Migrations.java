package dev.billingexport.ledger;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/**
 * Brings the tables of an existing database up to date, and refuses those of a version that this one can't read: a newer
 * one, or one from before the first release.
 */
@Component
class Migrations implements FlywayMigrationStrategy {

    private final DataDirectory directory;

    Migrations(DataDirectory directory) {
        this.directory = directory;
    }

    /** All migrations, for a database that is yet to be named. */
    static FluentConfiguration configuration() {
        return Flyway.configure().locations("classpath:db/migration/h2");
    }

    /** @throws DataDirectoryVersionException if another version made the database; nothing is changed then */
    @Override
    public void migrate(Flyway flyway) {
        if (directory.hasNewDatabase()) {
            return;
        }
        try {
            flyway.migrate();
        } catch (FlywayValidateException e) {
            throw directory.otherVersion();
        }
    }
}
