package dev.billingexport.ledger;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/** Brings a database that was there up to date; one that was just made is. */
@Component
class Migrations implements FlywayMigrationStrategy {

    private final DataDirectory directory;

    Migrations(DataDirectory directory) {
        this.directory = directory;
    }

    /** All of them, for a database that is yet to be named. */
    static FluentConfiguration configuration() {
        return Flyway.configure().locations("classpath:db/migration/h2").javaMigrations(new DetailsIntoSessions());
    }

    @Override
    public void migrate(Flyway flyway) {
        if (directory.hasNewDatabase()) {
            return;
        }
        try {
            flyway.migrate();
        } catch (FlywayValidateException e) {
            // One that failed, as on a full disk, may be repeated once there is room.
            flyway.repair();
            flyway.migrate();
        }
    }
}
