package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.sample.Route;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.BillingProcess;
import dev.billingexport.testing.Cluster;
import dev.billingexport.testing.EmbeddedBroker;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.FolderContents;
import dev.billingexport.testing.Generator;
import dev.billingexport.testing.SecondJvm;
import dev.billingexport.worker.HurriedExport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run whose windows are worked on by other processes, over a real broker and a real database, whatever dies. The
 * manager is a process of its own where it gets a signal, and else runs in this one, which starts quicker.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no signals")
class WorkersTest {

    private static final String[] RUN = {"run", "--from=2026-10-05", "--to=2026-10-12"};

    /** On weekdays a window of the application {@code vc} has more than a chunk. Two workers leave some windows in the queue. */
    private static final int SESSIONS = 800;

    /** Every worker is in the middle of windows then, and no window of {@code vc} has written its first chunk. */
    private static final int REQUESTS = 240;

    private static final int SIGKILLED = 137;

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
    private static final List<BillingProcess> workers = new ArrayList<>();
    private static Map<String, String> expected;

    @BeforeAll
    static void start() {
        Instant from = Instant.parse("2026-10-05T00:00:00Z");
        api = FakeApi.start(
                0,
                Behaviour.AWKWARD.with().latency(Duration.ofMillis(10)).build(),
                new Generator(7, SESSIONS, from, from.plus(Duration.ofDays(7)), 0.2).sessions());
        cluster = Cluster.start(shared, api.baseUrl(), "EXPORT_SOURCE_MAX_IN_FLIGHT=8", "EXPORT_REPORT_FORMATS=csv");
        workers.add(cluster.worker());
        workers.add(cluster.worker());
        Terminal terminal =
                new Terminal(shared.resolve("undisturbed")).connect(api).unset("export.source.window");
        assertThat(terminal.type(RUN).exitCode()).isZero();
        expected = FolderContents.withoutManifests(terminal.files("out"));
    }

    @AfterAll
    static void close() {
        workers.forEach(BillingProcess::close);
        workers.clear();
        cluster.close();
        api.close();
    }

    @BeforeEach
    void startAfresh() {
        api.onRequest(request -> {});
        cluster.forgetRuns();
        cluster.broker().loseRequests();
        workers.replaceAll(worker -> worker.isAlive() ? worker : cluster.worker());
        workers.forEach(worker -> worker.await("waits", () -> worker.out().contains("Waiting for windows")));
    }

    @Test
    void deliversTheSameBytesAsOneProcess() {
        Terminal.Screen screen = manager().unset("export.report.formats").type(RUN);

        assertDelivered(screen);
        assertThat(files().keySet()).isEqualTo(expected.keySet());
        assertThat(workers).allSatisfy(worker -> assertThat(worker.out()).contains("done, sessions read"));
        assertThat(cluster.broker().requests()).isZero();
    }

    @Test
    void goesOnWithoutAWorkerThatIsKilled() {
        BillingProcess killed = workers.get(0);
        atRequest(REQUESTS, () -> {
            killed.kill();
            replace(killed);
        });

        assertDelivered(manager().type(RUN));
        assertThat(killed.exitCode()).isEqualTo(SIGKILLED);
    }

    @Test
    void aWorkerThatWasFrozenCommitsNothingWhenItWakesUp() {
        BillingProcess frozen = workers.get(0);
        List<String> held = new ArrayList<>();
        AtomicInteger printed = new AtomicInteger();
        List<String> sessions;
        List<String> steps;
        atRequest(REQUESTS, () -> {
            frozen.signal("STOP");
            printed.set(frozen.out().length());
            held.addAll(windows(frozen));
        });
        try {
            assertDelivered(manager().type(RUN));
            sessions = cluster.query(SESSION_ROWS);
            steps = cluster.query(STEP_ROWS);
        } finally {
            frozen.signal("CONT");
        }
        assertThat(held).isNotEmpty();
        held.forEach(window -> frozen.await(
                "wakes up", () -> frozen.out().substring(printed.get()).contains(window + ": ")));

        assertThat(frozen.out().substring(printed.get())).contains("another process has it, or its run has ended");
        assertThat(cluster.query(SESSION_ROWS)).isEqualTo(sessions).isNotEmpty();
        assertThat(cluster.query(STEP_ROWS)).isEqualTo(steps).isNotEmpty();
    }

    /** It is told in the middle of the first of a window's two chunks, while the API answers nobody. */
    @Test
    void aWorkerThatIsStoppedGivesItsWindowsBackAtTheirNextCommit() {
        List<BillingProcess> stopped = new ArrayList<>();
        inSilenceAtRequest(REQUESTS, () -> {
            BillingProcess busy = workers.stream()
                    .filter(worker -> windows(worker).stream().anyMatch(window -> window.contains("vc")))
                    .findFirst()
                    .orElseThrow();
            stopped.add(busy);
            busy.signal("TERM");
            busy.await("is told", () -> busy.err().contains("Stopping"));
            replace(busy);
        });

        assertDelivered(manager().type(RUN));
        BillingProcess worker = stopped.get(0);
        assertThat(worker.exitCode()).as("%s%s", worker.out(), worker.err()).isEqualTo(ExitCode.STOPPED);
        assertThat(worker.out().lines()).anyMatch(line -> line.matches(".*vc.*: given back\\."));
    }

    @Test
    void anotherProcessGoesOnAfterTheManagersDeath() {
        try (BillingProcess manager = cluster.manager(folder, RUN)) {
            atRequest(REQUESTS, manager::kill);
            assertThat(manager.exitCode()).isEqualTo(SIGKILLED);
        }
        assertDelivered(manager().type("resume"));
        assertThat(cluster.broker().requests()).isZero();
    }

    @Test
    void aManagerThatIsStoppedStopsTheRunForAll() {
        try (BillingProcess manager = cluster.manager(folder, RUN)) {
            atRequest(REQUESTS, () -> manager.signal("TERM"));
            assertThat(manager.exitCode())
                    .as("%s%s", manager.out(), manager.err())
                    .isEqualTo(ExitCode.STOPPED);
        }
        assertThat(cluster.query("SELECT status FROM batch_job_execution")).containsExactly("STOPPED|");
        assertThat(cluster.query("SELECT 1 FROM batch_step_execution WHERE status LIKE 'START%'"))
                .isEmpty();
        assertThat(cluster.query("SELECT 1 FROM window_lease")).isEmpty();
        List<String> shown = new ArrayList<>();
        atRequest(1, () -> shown.addAll(manager().type("show", run()).out()));

        assertDelivered(manager().type("resume"));
        assertThat(shown)
                .anyMatch(line ->
                        line.matches("  worker    process " + workers.get(0).pid() + " on .*"));
    }

    @Test
    void survivesARestartOfTheBroker() {
        atRequest(REQUESTS, () -> cluster.broker().restart());

        assertDelivered(manager().type(RUN));
    }

    @Test
    void canBeResumedAfterARestartOfTheDatabase() {
        atRequest(REQUESTS, cluster::restartDatabase);

        assertThat(manager().type(RUN).exitCode()).isEqualTo(ExitCode.FAILED);
        assertDelivered(manager().type("resume"));
        assertThat(workers).allMatch(BillingProcess::isAlive);
    }

    @Test
    void requestsThatTheBrokerLostAreSentAgain() {
        AtomicInteger lost = new AtomicInteger();
        atRequest(1, () -> lost.set(cluster.broker().loseRequests()));

        assertDelivered(manager().with(HurriedExport.class).type(RUN));
        assertThat(lost).hasPositiveValue();
    }

    /** A chunk takes longer here than a request needs to come again. */
    @Test
    void requestsThatComeTwiceDoNoHarm() {
        List<Integer> printed =
                workers.stream().map(worker -> worker.out().length()).toList();
        AtomicInteger count = new AtomicInteger();
        api.onRequest(request -> {
            if (request.route() == Route.CDR) {
                if (count.incrementAndGet() == 1) {
                    cluster.broker().request(cluster.query("SELECT step_execution_id FROM window_lease"));
                }
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        });

        assertDelivered(manager().type(RUN));
        for (int i = 0; i < workers.size(); i++) {
            assertThat(workers.get(i).out().substring(printed.get(i)))
                    .contains("done, sessions read")
                    .doesNotContain("given back");
        }
        assertThat(cluster.broker().requests()).isZero();
    }

    @Test
    void aBrokerThatIsAwayForLongerIsWaitedFor() {
        atRequest(REQUESTS, () -> cluster.broker().close());
        try (BillingProcess manager =
                BillingProcess.start(SecondJvm.main(HurriedExport.class, RUN), folder, cluster.environment())) {
            try {
                manager.await("tells", () -> manager.err().contains("The run waits for it, and can be stopped."));
            } finally {
                cluster.broker().start();
            }
            assertThat(manager.exitCode()).as(manager::err).isZero();
            assertThat(manager.err()).contains("there is no broker at");
        }
        assertSameFiles();
    }

    @Test
    void aWorkerThatTheBrokerLetsNotUseTheQueueSaysSo() {
        try (BillingProcess stranger = cluster.worker(
                "EXPORT_WORKERS_USERNAME=" + EmbeddedBroker.STRANGER,
                "EXPORT_WORKERS_PASSWORD=" + EmbeddedBroker.PASSWORD)) {
            assertThat(stranger.exitCode()).as(stranger::out).isEqualTo(ExitCode.USAGE);
            assertThat(stranger.err()).contains("refuses the user, or doesn't let it use the queue billing-export.");
        }
    }

    @Test
    void aRunThatNobodyCanWorkForSaysSoOnceAndCanBeStopped() {
        String difference = "whose process has other settings: export.source.page-length is 100 here and 50 there.";
        Map<String, String> environment = cluster.environment();
        environment.put("EXPORT_SOURCE_PAGE_LENGTH", "50");
        api.counters().reset();
        try (BillingProcess manager =
                BillingProcess.start(SecondJvm.main(HurriedExport.class, RUN), folder, environment)) {
            manager.await("tells", () -> manager.err().contains("No worker is there for 14 windows"));
            workers.forEach(
                    worker -> manager.await("is told", () -> worker.out().contains(difference)));
            manager.signal("TERM");

            assertThat(manager.exitCode()).as(manager::err).isEqualTo(ExitCode.STOPPED);
            assertThat(manager.err()).containsOnlyOnce("No worker is there");
        }
        assertThat(workers)
                .allSatisfy(worker ->
                        assertThat(worker.out()).contains("Takes nothing of run " + run() + ", " + difference));
        assertThat(api.counters().requests(Route.CDR)).isZero();
    }

    @Test
    void aWorkerWhoseCredentialsAreRefusedSaysSoAndLeavesItsWindowsToOthers() {
        api.acceptToo("another-key");
        try (BillingProcess refused = cluster.worker("ENABLEX_APP_KEY=another-key")) {
            refused.await("waits", () -> refused.out().contains("Waiting for windows"));
            atRequest(REQUESTS / 4, () -> api.acceptToo(null));

            assertDelivered(manager().type(RUN));
            assertThat(refused.exitCode()).as(refused::out).isEqualTo(ExitCode.USAGE);
            assertThat(refused.err()).contains("HTTP 401").doesNotContain("another-key");
            assertThat(refused.out().lines()).anyMatch(line -> line.matches("collect:.*: given back: .*HTTP 401.*"));
        }
    }

    /** Batch says UNKNOWN of such a window, which it would leave to a human. */
    @Test
    void aWindowWhoseEndCouldNotBeEnteredIsWorkedOnAgain() {
        cluster.query("""
                CREATE SEQUENCE ends;
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                  'BEGIN IF nextval(''ends'') = 1 THEN RAISE EXCEPTION ''not this time''; END IF; RETURN NULL; END';
                CREATE CONSTRAINT TRIGGER refuse AFTER UPDATE ON batch_step_execution DEFERRABLE INITIALLY DEFERRED
                  FOR EACH ROW WHEN (NEW.status = 'COMPLETED' AND NEW.step_name LIKE 'collect:vc%') EXECUTE FUNCTION refuse();
                """);
        try {
            assertDelivered(manager().type(RUN));
            assertThat(cluster.query("SELECT last_value > 5 FROM ends")).containsExactly("t|");
        } finally {
            cluster.query("DROP FUNCTION refuse CASCADE; DROP SEQUENCE ends");
        }
        assertThat(workers)
                .anySatisfy(worker ->
                        assertThat(worker.out()).containsPattern("collect:vc .*: given back: .*not this time"));
    }

    /** What launches runs, and shows them. */
    private Terminal manager() {
        Terminal terminal =
                new Terminal(folder).connect(api).unset("export.source.window").set("export.report.formats", "csv");
        cluster.properties().forEach(terminal::set);
        return terminal;
    }

    private static String run() {
        return cluster.query("SELECT run_id FROM run").get(0).replace("|", "");
    }

    /** The windows that a worker has taken and not ended. */
    private static List<String> windows(BillingProcess worker) {
        return cluster
                .query("SELECT l.window_name FROM window_lease l JOIN worker w ON w.worker_id = l.worker_id"
                        + " JOIN batch_step_execution s ON s.step_execution_id = l.step_execution_id"
                        + " WHERE s.status = 'STARTED' AND w.process = " + worker.pid())
                .stream()
                .map(row -> row.replace("|", ""))
                .toList();
    }

    /** Starts another one at once, so that the next test needn't wait for it. */
    private static void replace(BillingProcess worker) {
        workers.set(workers.indexOf(worker), cluster.worker());
    }

    /** Does something once, in the middle of the requests for call details. */
    private static void atRequest(int number, Runnable action) {
        AtomicInteger count = new AtomicInteger();
        api.onRequest(request -> {
            if (request.route() == Route.CDR && count.incrementAndGet() == number) {
                action.run();
            }
        });
    }

    /** The same; until it is done, the API answers no request for call details. */
    private static void inSilenceAtRequest(int number, Runnable action) {
        AtomicInteger count = new AtomicInteger();
        api.onRequest(request -> {
            if (request.route() == Route.CDR) {
                synchronized (count) {
                    if (count.incrementAndGet() == number) {
                        action.run();
                    }
                }
            }
        });
    }

    private Map<String, String> files() {
        return FolderContents.withoutManifests(FolderContents.of(folder.resolve("out")));
    }

    private void assertDelivered(Terminal.Screen screen) {
        assertThat(screen.exitCode())
                .as(
                        "%s; workers: %s",
                        screen,
                        workers.stream()
                                .map(worker -> worker.out() + worker.err())
                                .toList())
                .isZero();
        assertSameFiles();
    }

    private void assertSameFiles() {
        Map<String, String> files = files();
        assertThat(files.keySet())
                .filteredOn(name -> name.endsWith(".csv"))
                .hasSameElementsAs(expected.keySet().stream()
                        .filter(name -> name.endsWith(".csv"))
                        .toList());
        files.forEach((name, content) ->
                assertThat(content.equals(expected.get(name))).as(name).isTrue());
    }
}
