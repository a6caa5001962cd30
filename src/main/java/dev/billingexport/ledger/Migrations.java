package dev.billingexport.ledger;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/**
 * Migrates an existing database to the current tables. Refuses a database that this version can't read: one of a newer
 * version, or one from before the first release. On PostgreSQL it acquires the lock first, unless other processes may
 * work there too.
 */
@Component
class Migrations implements FlywayMigrationStrategy {

    private final String url;
    private final ObjectProvider<DataDirectory> directory;
    private final ObjectProvider<LedgerLock> lock;
    private final LedgerAccess access;

    Migrations(
            @Value("${spring.datasource.url}") String url,
            ObjectProvider<DataDirectory> directory,
            ObjectProvider<LedgerLock> lock,
            ObjectProvider<LedgerAccess> access) {
        this.url = url;
        this.directory = directory;
        this.lock = lock;
        this.access = access.getIfAvailable(() -> LedgerAccess.EXCLUSIVE);
    }

    /** Returns a configuration with all migrations for a vendor and no database. */
    static FluentConfiguration configuration(String vendor) {
        return Flyway.configure().locations("classpath:db/migration/" + vendor);
    }

    /**
     * @throws OtherVersionException if another version created the database; nothing is changed then
     * @throws DatabaseInUseException if another process works there
     * @throws DatabaseSetupException if the database can't hold a ledger
     */
    @Override
    public void migrate(Flyway flyway) {
        if (DatabaseUrl.isPostgresql(url)) {
            migratePostgresql(flyway);
        } else if (!directory.getObject().hasNewDatabase()) {
            try {
                flyway.migrate();
            } catch (FlywayValidateException e) {
                throw directory.getObject().otherVersion();
            }
        }
    }

    private void migratePostgresql(Flyway flyway) {
        PostgresqlServer.check(flyway.getConfiguration().getDataSource());
        try {
            if (access == LedgerAccess.EXCLUSIVE) {
                lock.getObject().acquire();
                flyway.migrate();
                lock.getObject().enter();
            } else if (flyway.info().current() == null) {
                throw new NoLedgerException();
            } else {
                flyway.validate();
            }
        } catch (FlywayValidateException e) {
            throw OtherVersionException.of(DatabaseUrl.name(url));
        }
    }
}
