package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.BillingExport;
import dev.billingexport.sample.RecordedSample;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.BillingProcess;
import dev.billingexport.testing.EmbeddedBroker;
import dev.billingexport.testing.EmbeddedServer;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.SecondJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said, and that nothing is begun, where workers can't be had. */
class WorkerUsageTest {

    private static final String BROKER = "export.workers.broker-url";

    @TempDir
    private static Path journal;

    @TempDir
    private Path folder;

    private static FakeApi api;
    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() {
        api = FakeApi.start(0, Behaviour.DOCUMENTED, RecordedSample.sessions());
        broker = EmbeddedBroker.start(journal);
    }

    @AfterAll
    static void close() {
        broker.close();
        api.close();
    }

    @Test
    void aBrokerNeedsPostgresql() {
        assertRefused(
                new Terminal(folder).connect(api).set(BROKER, broker.url()),
                "export.workers.broker-url: workers share a database on PostgreSQL. Set spring.datasource.url to"
                        + " jdbc:postgresql://host/database, or take the broker out.",
                "run",
                "--month=2026-10");
    }

    @Test
    void aWorkerNeedsABroker() {
        assertRefused(
                onPostgresql(),
                "A worker gets its work from a broker: set export.workers.broker-url, such as"
                        + " tcp://broker.example.com:61616.",
                "worker");
    }

    @Test
    void aBrokerMustBeThere() {
        assertRefused(
                onPostgresql().set(BROKER, "tcp://127.0.0.1:1"),
                "export.workers.broker-url: there is no broker at 127.0.0.1:1. Start it, or name the one that there is.",
                "run",
                "--month=2026-10");
    }

    @Test
    void aBrokerMustLetTheProcessIn() {
        assertRefused(
                onPostgresql().set(BROKER, broker.url()),
                "export.workers.broker-url: the broker at " + broker.url().replace("tcp://", "")
                        + " asks for a user. Set export.workers.username, and .password in the environment.",
                "run",
                "--month=2026-10");
        assertRefused(
                onPostgresql()
                        .set(BROKER, broker.url())
                        .set("export.workers.username", EmbeddedBroker.USER)
                        .set("export.workers.password", "wrong-secret"),
                "refuses the user",
                "run",
                "--month=2026-10");
    }

    @Test
    void aWorkerWithWrongCredentialsTakesNothing() {
        Terminal terminal = onPostgresql();
        assertThat(terminal.type("run", "--month=2026-10").exitCode()).isZero();

        assertRefused(
                terminal.set(BROKER, broker.url())
                        .set("export.workers.username", EmbeddedBroker.USER)
                        .set("export.workers.password", EmbeddedBroker.PASSWORD)
                        .set("ENABLEX_APP_KEY", "wrong"),
                "HTTP 401",
                "worker");
    }

    @Test
    void anEmptyBrokerIsNone() {
        Terminal terminal = new Terminal(folder).connect(api).set(BROKER, "").set("export.report.formats", "csv");

        assertThat(terminal.type("run", "--month=2026-10").exitCode()).isZero();
    }

    @Test
    void theSampleTakesNoBroker() {
        assertRefused(
                onPostgresql().set(BROKER, broker.url()),
                "Workers can't reach the sample API inside this process. Take export.workers.broker-url out, or run the"
                        + " sample without the job file.",
                "run",
                "--sample",
                "--month=2026-10");
    }

    @Test
    void onlyHarmlessOptionsOfTheBrokersAreTaken() {
        assertRefused(
                onPostgresql().set(BROKER, "tcp://127.0.0.1:1?transportType=Evil"),
                "export.workers.broker-url can have the options connectionTtl, sslEnabled, trustStorePath, verifyHost,"
                        + " and no others.",
                "worker");
    }

    @Test
    void withoutABrokerNothingOfItIsLoaded() throws IOException {
        Path loaded = folder.resolve("classes");
        List<String> command =
                SecondJvm.main(BillingExport.class, "run", "--sample", "--month=2026-10", "--format=csv");
        command.add(1, "-Xlog:class+load:file=" + loaded);
        try (BillingProcess process = BillingProcess.start(command, folder, Map.of())) {
            assertThat(process.exitCode()).as(process::err).isZero();
        }

        assertThat(Files.readAllLines(loaded))
                .anyMatch(line -> line.contains("dev.billingexport.cli.RunCommand"))
                .noneMatch(line -> line.contains("] org.apache.activemq.")
                        || line.contains("] jakarta.jms.")
                        || line.contains("] org.springframework.jms.")
                        || line.contains("] io.netty."));
    }

    private Terminal onPostgresql() {
        return new Terminal(folder)
                .connect(api)
                .set("spring.datasource.url", EmbeddedServer.newDatabase())
                .set("spring.datasource.username", EmbeddedServer.USER);
    }

    private static void assertRefused(Terminal terminal, String complaint, String... command) {
        Terminal.Screen screen = terminal.type(command);

        assertThat(screen.exitCode()).as("%s", screen).isEqualTo(ExitCode.USAGE);
        assertThat(String.join("\n", screen.err()))
                .contains(complaint)
                .doesNotContain("secret", EmbeddedBroker.PASSWORD, "Exception");
    }
}
