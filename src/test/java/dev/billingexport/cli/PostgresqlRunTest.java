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
        assertThat(new Terminal(work.resolve("h2")).type(SAMPLE).err()).isEmpty();
        Terminal.Screen screen =
                onPostgresql("server", EmbeddedServer.newDatabase()).type(SAMPLE);

        assertThat(screen.err()).isEmpty();
        assertThat(screen.exitCode()).isZero();
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
        assertThat(work.resolve("other")).doesNotExist();
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
