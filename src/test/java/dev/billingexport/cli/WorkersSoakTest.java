package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.BillingProcess;
import dev.billingexport.testing.Cluster;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.FolderContents;
import dev.billingexport.testing.Generator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/**
 * Faults at random moments, one after the other, in runs that two workers share. Who dies is started again, and the run
 * is launched again until it is delivered: with the same bytes as an undisturbed run, so that no session is missing and
 * none is there twice. The Maven profile {@code soak} asks for as many faults as it is told.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no signals")
@EnabledIfSystemProperty(named = "soak.faults", matches = "\\d+")
class WorkersSoakTest {

    private static final String[] RUN = {"run", "--from=2026-10-05", "--to=2026-10-15"};
    private static final int SESSIONS = 2_000;

    /** Between two faults, so that there are some twenty in a run. */
    private static final int MAX_REQUESTS = 400;

    /** What is frozen wakes up when nothing has gone on for so long. */
    private static final Duration STANDSTILL = Duration.ofSeconds(8);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private enum Fault {
        KILL_WORKER,
        FREEZE_WORKER,
        STOP_WORKER,
        KILL_MANAGER,
        STOP_MANAGER,
        RESTART_BROKER,
        RESTART_DATABASE
    }

    @TempDir
    private Path folder;

    private final long seed = Long.getLong("soak.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<Fault, Integer> happened = new EnumMap<>(Fault.class);
    private final AtomicInteger requests = new AtomicInteger();
    private final List<BillingProcess> workers = new ArrayList<>();
    private final Set<BillingProcess> frozen = new HashSet<>();

    /** Processes that were killed or stopped. */
    private final Set<BillingProcess> struck = new HashSet<>();

    /** Processes that lost the database, or found it or the broker away when they started: they may end. */
    private final Set<BillingProcess> excused = new HashSet<>();

    private FakeApi api;
    private Cluster cluster;
    private BillingProcess manager;
    private Map<String, String> expected;

    @BeforeEach
    void start() {
        Instant from = Instant.parse("2026-10-05T00:00:00Z");
        api = FakeApi.start(
                0,
                Behaviour.AWKWARD.with().latency(Duration.ofMillis(20)).build(),
                new Generator(7, SESSIONS, from, from.plus(Duration.ofDays(10)), 0.2).sessions());
        cluster = Cluster.start(
                folder.resolve("cluster"), api.baseUrl(), "EXPORT_SOURCE_MAX_IN_FLIGHT=4", "EXPORT_REPORT_FORMATS=csv");
        Terminal terminal = new Terminal(folder.resolve("undisturbed")).connect(api);
        assertThat(terminal.set("export.report.formats", "csv").type(RUN).exitCode())
                .isZero();
        expected = FolderContents.withoutManifests(terminal.files("out"));
        api.onRequest(request -> requests.incrementAndGet());
        workers.add(cluster.worker());
        workers.add(cluster.worker());
        launch();
    }

    @AfterEach
    void close() {
        workers.forEach(BillingProcess::close);
        manager.close();
        cluster.close();
        api.close();
    }

    @Test
    void whateverFailsAtRandomMoments() {
        int faults = Integer.getInteger("soak.faults");
        int delivered = 0;
        for (int i = 0; i < faults; i++) {
            delivered += await(requests.get() + random.nextInt(MAX_REQUESTS));
            Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
            BillingProcess victim = victim(fault);
            if (struck.contains(victim) || !victim.isAlive()) {
                // It is ending already: another fault in its place.
                i--;
                continue;
            }
            happened.merge(fault, 1, Integer::sum);
            System.out.printf("%d: %s after %d requests%n", i + 1, fault, requests.get());
            happen(fault, victim);
        }
        delivered += await(Integer.MAX_VALUE);
        System.out.printf(
                "Faults at random moments, seed %d: %s, in %d runs, all delivered the same%n",
                seed, happened, delivered);
    }

    /** Who is struck first; the broker and the database strike the manager at least. */
    private BillingProcess victim(Fault fault) {
        return switch (fault) {
            case KILL_WORKER, FREEZE_WORKER, STOP_WORKER -> workers.get(random.nextInt(workers.size()));
            case KILL_MANAGER, STOP_MANAGER, RESTART_BROKER, RESTART_DATABASE -> manager;
        };
    }

    private void happen(Fault fault, BillingProcess victim) {
        switch (fault) {
            case KILL_WORKER, KILL_MANAGER -> {
                struck.add(victim);
                victim.kill();
            }
            case FREEZE_WORKER -> {
                frozen.add(victim);
                victim.signal("STOP");
            }
            case STOP_WORKER, STOP_MANAGER -> {
                struck.add(victim);
                victim.signal("TERM");
            }
            case RESTART_BROKER -> {
                excuseThoseThatStart();
                cluster.broker().restart();
            }
            case RESTART_DATABASE -> {
                excuseThoseThatStart();
                excused.add(victim);
                cluster.restartDatabase();
            }
        }
    }

    /** They are refused, and say with what to set. */
    private void excuseThoseThatStart() {
        workers.stream()
                .filter(worker -> !worker.out().contains("Waiting for windows"))
                .forEach(excused::add);
        if (!manager.out().contains("revision")) {
            excused.add(manager);
        }
    }

    /** Goes on until the API had so many requests; returns how many runs were delivered meanwhile, of which one is enough. */
    private int await(int wanted) {
        int before = requests.get();
        long since = System.nanoTime();
        while (requests.get() < wanted) {
            if (!manager.isAlive() && ended()) {
                return 1;
            }
            workers.replaceAll(worker -> worker.isAlive() ? worker : anotherInPlaceOf(worker));
            long silence = System.nanoTime() - since;
            if (requests.get() > before) {
                before = requests.get();
                since = System.nanoTime();
            } else if (silence > STANDSTILL.toNanos()) {
                wake();
            }
            assertThat(silence).as("nanoseconds without a request; %s", said()).isLessThan(PATIENCE.toNanos());
            pause();
        }
        if (random.nextBoolean()) {
            wake();
        }
        return 0;
    }

    /** Whether the manager has delivered; else it is launched again. */
    private boolean ended() {
        boolean delivers = manager.exitCode() == 0;
        if (delivers) {
            assertDelivered();
            cluster.forgetRuns();
            FileSystemUtils.deleteRecursively(folder.resolve("manager").toFile());
        } else {
            assertMayEnd(manager);
        }
        launch();
        return delivers;
    }

    private void launch() {
        Path home = folder.resolve("manager");
        assertThat(home.toFile().isDirectory() || home.toFile().mkdirs()).isTrue();
        manager = cluster.manager(home, RUN);
    }

    private BillingProcess anotherInPlaceOf(BillingProcess dead) {
        assertMayEnd(dead);
        frozen.remove(dead);
        return cluster.worker();
    }

    private void assertMayEnd(BillingProcess ended) {
        assertThat(struck.contains(ended) || excused.contains(ended))
                .as("%s%s; %s", ended.out(), ended.err(), said())
                .isTrue();
    }

    private void wake() {
        frozen.stream().filter(BillingProcess::isAlive).forEach(worker -> worker.signal("CONT"));
        frozen.clear();
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertDelivered() {
        Map<String, String> files = FolderContents.withoutManifests(
                FolderContents.of(folder.resolve("manager").resolve("out")));
        assertThat(files.keySet()).as("%s", said()).isEqualTo(expected.keySet());
        files.forEach((name, content) -> assertThat(content.equals(expected.get(name)))
                .as("%s; %s", name, said())
                .isTrue());
    }

    private String said() {
        StringBuilder said = new StringBuilder("seed " + seed + ", faults " + happened + "\n");
        said.append("manager, exit code ").append(manager.isAlive() ? "none" : manager.exitCode());
        said.append(":\n").append(manager.out()).append(manager.err());
        workers.forEach(worker -> said.append("worker ")
                .append(worker.pid())
                .append(":\n")
                .append(worker.out())
                .append(worker.err()));
        return said.toString();
    }
}
