package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.testing.EmbeddedServer;
import dev.billingexport.testing.FolderContents;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program with its ledger on PostgreSQL. */
class PostgresqlRunTest {

    private static final String[] SAMPLE = {"run", "--sample", "--month", "2026-10"};

    @TempDir
    private Path work;

    @Test
    void theSampleIsDeliveredAsOnH2() {
        assertThat(new Terminal(work.resolve("h2")).type(SAMPLE).exitCode()).isZero();
        Terminal.Screen screen =
                onPostgresql("server", EmbeddedServer.newDatabase()).type(SAMPLE);

        assertThat(screen.exitCode()).as("%s", screen).isZero();
        assertThat(delivered("server")).isNotEmpty().isEqualTo(delivered("h2"));
        assertThat(FolderContents.names(work.resolve("server/data"))).noneMatch(name -> name.endsWith(".mv.db"));
    }

    @Test
    void anotherMachineSeesTheRunsAndTheirDetails() {
        String database = EmbeddedServer.newDatabase();
        onPostgresql("one", database).type(SAMPLE);

        Terminal other = onPostgresql("other", database);

        assertThat(other.type("runs").out())
                .anyMatch(line -> line.matches("1 +sample .* delivered .*"))
                .contains("Database: " + database);
        assertThat(other.type("show", "1").out()).anyMatch(line -> line.contains("sessions.csv"));
        assertThat(work.resolve("other/data")).doesNotExist();
    }

    @Test
    void whoOnlyLooksNeedsNoMoreThanToRead() {
        String database = EmbeddedServer.newDatabase();
        onPostgresql("one", database).type(SAMPLE);
        EmbeddedServer.execute("CREATE ROLE auditor LOGIN PASSWORD 'auditor'");
        EmbeddedServer.execute(database, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO auditor");
        Terminal auditor = onPostgresql("two", database)
                .set("spring.datasource.username", "auditor")
                .set("spring.datasource.password", "auditor");

        assertThat(auditor.type("runs").exitCode()).isZero();
        assertThat(auditor.type("show", "1").exitCode()).isZero();
    }

    @Test
    void purgeForgetsAndGivesSpaceBack() {
        String database = EmbeddedServer.newDatabase();
        Terminal terminal = onPostgresql("one", database);
        terminal.type(SAMPLE);
        long before = pages(database);

        Terminal.Screen screen = terminal.type("purge", "--before", "2026-11-01", "--yes");

        assertThat(screen.err()).isEmpty();
        assertThat(screen.out()).endsWith("Forgotten.");
        assertThat(terminal.type("runs").out()).anyMatch(line -> line.matches("1 .* delivered +purged +purged .*"));
        assertThat(pages(database)).isLessThan(before);
    }

    @Test
    void purgeSaysWhereItMayNotGiveSpaceBack() {
        String database = EmbeddedServer.newDatabase();
        onPostgresql("one", database).type(SAMPLE);
        EmbeddedServer.execute("CREATE ROLE tenant LOGIN PASSWORD 'tenant'");
        EmbeddedServer.execute(database, "GRANT ALL ON ALL TABLES IN SCHEMA public TO tenant");
        EmbeddedServer.execute(database, "GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO tenant");

        Terminal.Screen screen = onPostgresql("one", database)
                .set("spring.datasource.username", "tenant")
                .set("spring.datasource.password", "tenant")
                .type("purge", "--before", "2026-11-01", "--yes");

        assertThat(screen.exitCode()).isZero();
        assertThat(screen.out()).endsWith("Forgotten.");
        assertThat(screen.err().get(0)).contains("The space was not given back", "VACUUM FULL");
        assertThat(screen.err()).anyMatch(line -> line.contains("session"));
    }

    private static long pages(String database) {
        return Long.parseLong(EmbeddedServer.column(database, "SELECT pg_total_relation_size('session')")
                .get(0));
    }

    private Terminal onPostgresql(String machine, String database) {
        return new Terminal(work.resolve(machine))
                .set("spring.datasource.url", database)
                .set("spring.datasource.username", EmbeddedServer.USER);
    }

    private Map<String, String> delivered(String machine) {
        return FolderContents.withoutManifests(
                FolderContents.of(work.resolve(machine).resolve("out")));
    }
}
