package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.sample.Route;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.FolderContents;
import dev.billingexport.testing.Generator;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server of PostgreSQL is shut down in mid-run, and started again: the run fails, and is resumed. */
class RestartedServerTest {

    private static final int SESSIONS = 120;
    private static final String[] COMMAND = {"run", "--from", "2026-10-05", "--to", "2026-10-10", "--format", "csv"};

    @TempDir
    private Path work;

    private EmbeddedPostgres server;

    @Test
    void inMidRun() throws IOException {
        Instant from = Instant.parse("2026-10-05T00:00:00Z");
        server = start(0);
        int port = server.getPort();
        try (FakeApi api = FakeApi.start(
                0,
                Behaviour.AWKWARD.with().latency(Duration.ofMillis(10)).build(),
                new Generator(7, SESSIONS, from, from.plus(Duration.ofDays(5)), 0.2).sessions())) {
            terminal("h2", api).type(COMMAND);
            Terminal terminal = terminal("server", api)
                    .set(
                            "spring.datasource.url",
                            server.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*", ""))
                    .set("spring.datasource.username", "postgres");
            AtomicInteger requests = new AtomicInteger();
            api.onRequest(request -> {
                if (request.route() == Route.RECORDINGS && requests.incrementAndGet() == SESSIONS / 2) {
                    stop();
                    server = start(port);
                }
            });

            Terminal.Screen failed = terminal.type(COMMAND);
            Terminal.Screen resumed = terminal.type("resume");

            assertThat(failed.exitCode()).as("%s", failed).isEqualTo(ExitCode.FAILED);
            assertThat(failed.err()).anyMatch(line -> line.contains(" resume 1"));
            assertThat(resumed.exitCode()).as("%s", resumed).isZero();
            assertThat(delivered("server")).isNotEmpty().isEqualTo(delivered("h2"));
        } finally {
            server.close();
        }
    }

    private Terminal terminal(String machine, FakeApi api) {
        return new Terminal(work.resolve(machine)).connect(api).set("export.source.window", "2d");
    }

    private Map<String, String> delivered(String machine) {
        return FolderContents.withoutManifests(
                FolderContents.of(work.resolve(machine).resolve("out")));
    }

    private EmbeddedPostgres start(int port) {
        try {
            return EmbeddedPostgres.builder()
                    .setPGStartupWait(Duration.ofMinutes(1))
                    .setPort(port)
                    .setDataDirectory(work.resolve("pg"))
                    .setCleanDataDirectory(false)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
