package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.sample.Route;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.BillingProcess;
import dev.billingexport.testing.EmbeddedServer;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.FolderContents;
import dev.billingexport.testing.Generator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can happen to a run whose ledger is on PostgreSQL. What is delivered in the end is the same, byte by byte. */
class PostgresqlFaultsTest {

    private static final String[] COMMAND = {"run", "--from", "2026-10-05", "--to", "2026-10-15"};
    private static final int SESSIONS = 240;

    @TempDir
    private static Path undisturbed;

    @TempDir
    private Path work;

    private static FakeApi api;
    private static Map<String, String> expected;

    private String database;

    @BeforeAll
    static void runOnH2() {
        Instant from = Instant.parse("2026-10-05T00:00:00Z");
        api = FakeApi.start(
                0,
                Behaviour.AWKWARD.with().latency(Duration.ofMillis(10)).build(),
                new Generator(7, SESSIONS, from, from.plus(Duration.ofDays(10)), 0.2).sessions());
        Terminal.Screen screen = settings(new Terminal(undisturbed)).type(COMMAND);
        assertThat(screen.exitCode()).as("%s", screen).isZero();
        expected = FolderContents.withoutManifests(FolderContents.of(undisturbed.resolve("out")));
    }

    @AfterAll
    static void closeApi() {
        api.close();
    }

    @BeforeEach
    void startAfresh() {
        database = EmbeddedServer.newDatabase();
        api.onRequest(request -> {});
        api.counters().reset();
    }

    @Test
    void aKilledRunIsFinishedByAnotherMachine() {
        try (BillingProcess process = start("one")) {
            onDetails(160, process::kill);
            assertThat(process.exitCode()).as(process::err).isEqualTo(137);
        }
        api.onRequest(request -> {});
        Map<String, Long> committed = asked(EmbeddedServer.column(database, "SELECT session_id FROM session"));
        assertThat(committed).hasSizeBetween(1, SESSIONS - 1);
        assertThat(on("two").type("runs").out()).anyMatch(line -> line.contains(" interrupted "));

        Terminal.Screen screen = on("two").type("resume");

        assertThat(screen.exitCode()).as("%s", screen).isZero();
        assertThat(asked(committed.keySet())).isEqualTo(committed);
        assertThatItIsDelivered("two");
    }

    @Test
    void aSecondProcessIsToldWhoIsAtWork() {
        AtomicInteger exitCode = new AtomicInteger(-1);
        StringBuffer told = new StringBuffer();
        try (BillingProcess process = start("one")) {
            onDetails(100, () -> {
                Terminal.Screen second = on("two").type(COMMAND);
                exitCode.set(second.exitCode());
                told.append(second.err())
                        .append(on("two").type("runs").out())
                        .append(on("two").type("show", "1").out());
            });
            assertThat(process.exitCode()).as(process::err).isZero();

            assertThat(exitCode).hasValue(ExitCode.IN_USE);
            assertThat(told)
                    .contains("in use by process " + process.pid() + " on ")
                    .contains(" running ")
                    .contains("In use by: process " + process.pid() + " on ")
                    .contains("progress  collect");
        }
        assertThat(on("two").type("runs").out()).noneMatch(line -> line.startsWith("In use by"));
        assertThatItIsDelivered("one");
    }

    /** All connections break, that of the lock among them, and new ones are made. */
    @Test
    void aRunThatLostItsConnectionsIsResumed() {
        Terminal.Screen failed;
        try {
            onDetails(160, () -> EmbeddedServer.disconnect(database));
            failed = on("one").type(COMMAND);
        } finally {
            api.onRequest(request -> {});
        }
        assertThat(failed.exitCode()).as("%s", failed).isEqualTo(ExitCode.FAILED);
        assertThat(failed.err())
                .anyMatch(line -> line.contains("SPRING_DATASOURCE_URL='" + database + "' SPRING_DATASOURCE_USERNAME='")
                        && line.contains(" resume 1"));
        Map<String, Long> committed = asked(EmbeddedServer.column(database, "SELECT session_id FROM session"));

        Terminal.Screen screen = on("one").type("resume", "1");

        assertThat(screen.exitCode()).as("%s", screen).isZero();
        assertThat(asked(committed.keySet())).isEqualTo(committed);
        assertThatItIsDelivered("one");
    }

    /** An administrator set them for other programs. */
    @Test
    void defaultsOfTheDatabaseDontDisturbARun() {
        String name = database.replaceFirst(".*/", "");
        EmbeddedServer.execute("ALTER DATABASE " + name + " SET idle_session_timeout = '1s'");
        EmbeddedServer.execute("ALTER DATABASE " + name + " SET default_transaction_isolation = 'serializable'");
        onDetails(160, () -> EmbeddedServer.execute("SELECT pg_sleep(2)"));

        Terminal.Screen screen = on("one").type(COMMAND);

        assertThat(screen.exitCode()).as("%s", screen).isZero();
        assertThatItIsDelivered("one");
    }

    /** Spring Batch says UNKNOWN of a step or a job whose end it can't enter, and would leave the run to a human. */
    @ParameterizedTest
    @ValueSource(strings = {"batch_step_execution", "batch_job_execution"})
    void aRunWhoseEndCantBeEnteredIsResumed(String table) {
        assertThat(on("one").type("purge", "--before", "2026-01-01", "--yes").exitCode())
                .isZero();
        EmbeddedServer.execute(database, """
                CREATE SEQUENCE ends;
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                  'BEGIN IF nextval(''ends'') = 1 THEN RAISE EXCEPTION ''not this time''; END IF; RETURN NULL; END';
                CREATE CONSTRAINT TRIGGER refuse AFTER UPDATE ON %s DEFERRABLE INITIALLY DEFERRED
                  FOR EACH ROW WHEN (NEW.status = 'COMPLETED') EXECUTE FUNCTION refuse();
                """.formatted(table));

        Terminal.Screen first = on("one").type(COMMAND);
        Terminal.Screen again = on("one").type(COMMAND);

        assertThat(first.exitCode()).as("%s", first).isLessThanOrEqualTo(ExitCode.FAILED);
        assertThat(EmbeddedServer.column(database, "SELECT is_called FROM ends"))
                .containsExactly("t");
        assertThat(again.exitCode()).as("%s after %s", again, first).isZero();
        assertThat(FolderContents.withoutManifests(
                        FolderContents.of(work.resolve("one").resolve("out"))))
                .isEqualTo(expected);
    }

    private void assertThatItIsDelivered(String machine) {
        assertThat(FolderContents.withoutManifests(
                        FolderContents.of(work.resolve(machine).resolve("out"))))
                .isEqualTo(expected);
        assertThat(EmbeddedServer.column(database, "SELECT DISTINCT status FROM batch_job_execution"))
                .contains("COMPLETED")
                .doesNotContain("STARTED", "UNKNOWN");
    }

    private static void onDetails(int number, Runnable action) {
        AtomicInteger count = new AtomicInteger();
        api.onRequest(request -> {
            if (request.route() == Route.RECORDINGS && count.incrementAndGet() == number) {
                action.run();
            }
        });
    }

    /** How often the details of sessions were asked for. */
    private static Map<String, Long> asked(Iterable<String> sessionIds) {
        Map<String, Long> asked = new HashMap<>();
        sessionIds.forEach(id -> asked.put(
                id, api.counters().requests(Route.CDR, id) + api.counters().requests(Route.RECORDINGS, id)));
        return asked;
    }

    private Terminal on(String machine) {
        return settings(new Terminal(work.resolve(machine)))
                .set("spring.datasource.url", database)
                .set("spring.datasource.username", EmbeddedServer.USER);
    }

    private static Terminal settings(Terminal terminal) {
        return terminal.connect(api).set("export.source.window", "2d");
    }

    private BillingProcess start(String machine) {
        Path folder = work.resolve(machine);
        assertThat(folder.toFile().mkdirs()).isTrue();
        return BillingProcess.start(
                folder,
                BillingProcess.connect(
                        api,
                        "EXPORT_SOURCE_WINDOW=2d",
                        "SPRING_DATASOURCE_URL=" + database,
                        "SPRING_DATASOURCE_USERNAME=" + EmbeddedServer.USER),
                COMMAND);
    }
}
