package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.sample.Route;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.BillingProcess;
import dev.billingexport.testing.Cluster;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.FolderContents;
import dev.billingexport.testing.Generator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** A run whose windows are worked on by other processes, over a real broker and a real database, whatever dies. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no signals")
class WorkersTest {

    private static final String[] RUN = {"run", "--from=2026-10-05", "--to=2026-10-15"};
    private static final int SESSIONS = 240;
    private static final int SIGKILLED = 137;

    /** Far enough that every worker is in the middle of windows. */
    private static final int REQUESTS = 120;

    private static final String SESSION_ROWS = "SELECT s.*, s.xmin FROM session s ORDER BY session_id";
    private static final String STEP_ROWS =
            "SELECT s.*, c.*, s.xmin, c.xmin FROM batch_step_execution s JOIN batch_step_execution_context c"
                    + " ON c.step_execution_id = s.step_execution_id ORDER BY s.step_execution_id";

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static FakeApi api;
    private static Cluster cluster;
    private static BillingProcess one;
    private static BillingProcess other;
    private static Map<String, String> expected;

    @BeforeAll
    static void start() {
        Instant from = Instant.parse("2026-10-05T00:00:00Z");
        api = FakeApi.start(
                0,
                Behaviour.AWKWARD.with().latency(Duration.ofMillis(20)).build(),
                new Generator(7, SESSIONS, from, from.plus(Duration.ofDays(10)), 0.2).sessions());
        cluster = Cluster.start(shared, api.baseUrl(), "EXPORT_SOURCE_WINDOW=1d", "EXPORT_SOURCE_MAX_IN_FLIGHT=4");
        one = cluster.worker();
        other = cluster.worker();
        Terminal terminal =
                new Terminal(shared.resolve("undisturbed")).connect(api).set("export.source.window", "1d");
        assertThat(terminal.type(RUN).exitCode()).isZero();
        expected = FolderContents.withoutManifests(terminal.files("out"));
    }

    @AfterAll
    static void close() {
        one.close();
        other.close();
        cluster.close();
        api.close();
    }

    @BeforeEach
    void startAfresh() {
        api.onRequest(request -> {});
        cluster.forgetRuns();
        if (!one.isAlive()) {
            one = cluster.worker();
        }
        one.await("waits", () -> one.out().contains("Waiting for windows"));
        other.await("waits", () -> other.out().contains("Waiting for windows"));
    }

    @Test
    void deliversTheSameBytesAsOneProcess() {
        try (BillingProcess manager = manager(RUN)) {
            assertDelivered(manager);
        }
        assertThat(one.out()).contains("done, sessions read");
        assertThat(other.out()).contains("done, sessions read");
        assertThat(cluster.broker().requests()).isZero();
    }

    @Test
    void goesOnWithoutAWorkerThatIsKilled() {
        try (BillingProcess manager = manager(RUN)) {
            atRequest(REQUESTS, one::kill);
            assertDelivered(manager);
        }
        assertThat(one.exitCode()).isEqualTo(SIGKILLED);
    }

    @Test
    void aWorkerThatWasFrozenCommitsNothingWhenItWakesUp() throws InterruptedException {
        List<String> sessions;
        List<String> steps;
        try (BillingProcess manager = manager(RUN)) {
            atRequest(REQUESTS, () -> one.signal("STOP"));
            assertDelivered(manager);
            sessions = cluster.query(SESSION_ROWS);
            steps = cluster.query(STEP_ROWS);
        } finally {
            one.signal("CONT");
        }
        one.await(
                "wakes up",
                () -> one.out().contains("another process has it") || one.out().contains("given back"));
        one.signal("TERM");
        assertThat(one.exitCode()).as("%s%s", one.out(), one.err()).isEqualTo(ExitCode.STOPPED);

        assertThat(cluster.query(SESSION_ROWS)).isEqualTo(sessions).isNotEmpty();
        assertThat(cluster.query(STEP_ROWS)).isEqualTo(steps).isNotEmpty();
    }

    @Test
    void anotherProcessGoesOnAfterTheManagersDeath() {
        try (BillingProcess manager = manager(RUN)) {
            atRequest(REQUESTS, manager::kill);
            assertThat(manager.exitCode()).isEqualTo(SIGKILLED);
        }
        try (BillingProcess manager = manager("resume")) {
            assertDelivered(manager);
        }
        assertThat(cluster.broker().requests()).isZero();
    }

    @Test
    void aWorkerThatIsStoppedLeavesTheRestToOthers() {
        try (BillingProcess manager = manager(RUN)) {
            atRequest(REQUESTS, () -> one.signal("TERM"));
            assertDelivered(manager);
        }
        assertThat(one.exitCode()).as("%s%s", one.out(), one.err()).isEqualTo(ExitCode.STOPPED);
    }

    @Test
    void aManagerThatIsStoppedStopsTheRunForAll() {
        try (BillingProcess manager = manager(RUN)) {
            atRequest(REQUESTS, () -> manager.signal("TERM"));
            assertThat(manager.exitCode())
                    .as("%s%s", manager.out(), manager.err())
                    .isEqualTo(ExitCode.STOPPED);
        }
        assertThat(cluster.query("SELECT status FROM batch_job_execution")).containsExactly("STOPPED|");
        assertThat(cluster.query("SELECT 1 FROM batch_step_execution WHERE status LIKE 'START%'"))
                .isEmpty();
        assertThat(cluster.query("SELECT 1 FROM window_lease")).isEmpty();
        try (BillingProcess manager = manager("resume")) {
            one.await(
                    "begins",
                    () -> !cluster.query("SELECT 1 FROM window_lease WHERE epoch > 0")
                            .isEmpty());
            assertThat(show()).anyMatch(line -> line.matches("  worker    process " + one.pid() + " on .*"));
            assertDelivered(manager);
        }
    }

    private List<String> show() {
        Terminal terminal = new Terminal(folder).connect(api);
        cluster.environment().forEach((name, value) -> {
            if (name.startsWith("SPRING")) {
                terminal.set(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        return terminal.type(
                        "show", cluster.query("SELECT run_id FROM run").get(0).replace("|", ""))
                .out();
    }

    @Test
    void survivesARestartOfTheBroker() {
        try (BillingProcess manager = manager(RUN)) {
            atRequest(REQUESTS, () -> cluster.broker().restart());
            assertDelivered(manager);
        }
    }

    @Test
    void canBeResumedAfterARestartOfTheDatabase() {
        try (BillingProcess manager = manager(RUN)) {
            atRequest(REQUESTS, cluster::restartDatabase);
            assertThat(manager.exitCode())
                    .as("%s%s", manager.out(), manager.err())
                    .isEqualTo(ExitCode.FAILED);
        }
        try (BillingProcess manager = manager("resume")) {
            assertDelivered(manager);
        }
        assertThat(one.isAlive() && other.isAlive()).isTrue();
    }

    /** The Maven profile {@code soak} asks for as many as it is told. */
    @Test
    @EnabledIfSystemProperty(named = "soak.faults", matches = "\\d+")
    void whateverFailsAtRandomMoments() {
        int faults = Integer.getInteger("soak.faults");
        long seed = Long.getLong("soak.seed", System.nanoTime());
        Random random = new Random(seed);
        Map<String, Integer> happened = new TreeMap<>();
        for (int i = 0; i < faults; i++) {
            startAfresh();
            FileSystemUtils.deleteRecursively(folder.resolve("out").toFile());
            FileSystemUtils.deleteRecursively(folder.resolve("data").toFile());
            Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
            happened.merge(fault.name(), 1, Integer::sum);
            try (BillingProcess manager = manager(RUN)) {
                atRequest(1 + random.nextInt(SESSIONS - 1), () -> happen(fault, manager));
                boolean delivers = manager.exitCode() == 0;
                if (fault == Fault.FREEZE_WORKER) {
                    one.signal("CONT");
                }
                if (delivers) {
                    assertDelivered(manager);
                    continue;
                }
                assertThat(fault)
                        .as("%s%s", manager.out(), manager.err())
                        .isIn(Fault.KILL_MANAGER, Fault.STOP_MANAGER, Fault.RESTART_DATABASE);
            }
            try (BillingProcess manager = manager("resume")) {
                assertDelivered(manager);
            }
        }
        System.out.printf("Faults at random moments, seed %d: %s, all delivered the same%n", seed, happened);
    }

    private enum Fault {
        KILL_WORKER,
        FREEZE_WORKER,
        STOP_WORKER,
        KILL_MANAGER,
        STOP_MANAGER,
        RESTART_BROKER,
        RESTART_DATABASE
    }

    private static void happen(Fault fault, BillingProcess manager) {
        switch (fault) {
            case KILL_WORKER -> one.kill();
            case FREEZE_WORKER -> one.signal("STOP");
            case STOP_WORKER -> one.signal("TERM");
            case KILL_MANAGER -> manager.kill();
            case STOP_MANAGER -> manager.signal("TERM");
            case RESTART_BROKER -> cluster.broker().restart();
            case RESTART_DATABASE -> cluster.restartDatabase();
        }
    }

    private BillingProcess manager(String... arguments) {
        return cluster.manager(folder, arguments);
    }

    /** Does something once, in the middle of the details' requests. */
    private static void atRequest(int number, Runnable action) {
        AtomicInteger count = new AtomicInteger();
        api.onRequest(request -> {
            if (request.route() == Route.CDR && count.incrementAndGet() == number) {
                action.run();
            }
        });
    }

    private void assertDelivered(BillingProcess manager) {
        assertThat(manager.exitCode())
                .as(
                        "%s%s; workers: %s%s%s%s",
                        manager.out(), manager.err(), one.out(), one.err(), other.out(), other.err())
                .isZero();
        Map<String, String> files = FolderContents.withoutManifests(FolderContents.of(folder.resolve("out")));
        assertThat(files.keySet()).isEqualTo(expected.keySet());
        files.forEach((name, content) ->
                assertThat(content.equals(expected.get(name))).as(name).isTrue());
    }
}
