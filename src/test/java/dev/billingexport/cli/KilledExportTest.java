package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.sample.Route;
import dev.billingexport.sample.SampleRequest;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.BillingProcess;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.FolderContents;
import dev.billingexport.testing.Generator;
import dev.billingexport.testing.LedgerFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The program is killed by SIGKILL again and again, and the same command finishes what it began. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "moments are held by named pipes")
class KilledExportTest {

    private static final String[] COMMAND = {"run", "billing.yml", "--from", "2026-10-05", "--to", "2026-10-15"};
    private static final String PERIOD = "billing/2026-10-05_2026-10-15";
    private static final int SIGKILLED = 137;
    private static final int SESSIONS = 240;

    @TempDir
    private Path work;

    @TempDir
    private static Path undisturbed;

    private static FakeApi api;
    private static Map<String, String> expected;

    /** How often the details of a session had been asked for when it was found in the ledger after a kill. */
    private final Map<String, Long> committed = new HashMap<>();

    @BeforeAll
    static void runUndisturbed() throws IOException {
        Instant from = Instant.parse("2026-10-05T00:00:00Z");
        api = FakeApi.start(
                0,
                Behaviour.AWKWARD.with().latency(Duration.ofMillis(10)).build(),
                new Generator(7, SESSIONS, from, from.plus(Duration.ofDays(10)), 0.2).sessions());
        jobFile(undisturbed);
        complete(undisturbed);
        expected = FolderContents.of(undisturbed.resolve("out"));
    }

    @AfterAll
    static void closeApi() {
        api.close();
    }

    @BeforeEach
    void startAfresh() throws IOException {
        jobFile(work);
        api.onRequest(request -> {});
        api.counters().reset();
        committed.clear();
    }

    @Test
    void inEachOfItsSteps() throws IOException, InterruptedException {
        // More than the eight windows hold that are begun at once: one of them is committed by then.
        killAtRequest("with chunks committed", request -> request.route() == Route.RECORDINGS, 160);
        assertThat(committed).hasSizeBetween(1, SESSIONS - 1);
        assertThat(new Terminal(work).type("runs").out().get(1)).contains(" interrupted ");
        killAtRequest("while it confirms", new Confirming(), 4);

        Path rendered = work.resolve("data/work/run-1");
        Path delivered = work.resolve("out").resolve(PERIOD);
        Path upper = delivered.resolve("manifest.json");
        // Whoever opens a pipe that nobody reads, or writes, waits there for ever.
        Path pipe = pipe(rendered.resolve(".sessions.csv.part"));
        killWhen("it renders", () -> Files.exists(rendered.resolve("days.csv")));
        assertThat(delivered).doesNotExist();
        Files.delete(pipe);

        pipe = pipe(upper);
        killWhen("the revision is in place", () -> Files.exists(delivered.resolve("r1")));
        Files.delete(pipe);
        assertThat(LedgerFile.of(work.resolve("data")).delivered()).isZero();

        for (int i = 0; i < 6_000; i++) {
            // To be cleaned up after the delivery and before the commit: that takes a while.
            Files.createFile(rendered.resolve("left-behind-" + i));
        }
        killWhen("the manifest is in place", () -> Files.exists(upper));
        assertThat(LedgerFile.of(work.resolve("data")).delivered()).isZero();

        assertThatItCompletes(5);
    }

    /** The Maven profile {@code soak} asks for as many as it is told, over many runs. */
    @Test
    @EnabledIfSystemProperty(named = "soak.kills", matches = "\\d+")
    void atRandomMoments() throws InterruptedException {
        int kills = Integer.getInteger("soak.kills");
        long seed = Long.getLong("soak.seed", System.nanoTime());
        Random random = new Random(seed);
        int completions = 0;
        long requests = 0;
        for (int left = kills; left > 0; completions++) {
            int now = Math.min(left, 1 + random.nextInt(3));
            for (int i = 0; i < now; i++) {
                try (BillingProcess process = start()) {
                    Thread.sleep(1_000 + random.nextInt(3_500));
                }
                remember();
            }
            assertThatItCompletes(-1);
            left -= now;
            requests += api.counters().requests(Route.CDR) + api.counters().requests(Route.RECORDINGS);
            forgetEverything();
        }
        System.out.printf(
                "Killed at random moments, seed %d: kills %d, completions %d, all identical; requests for details"
                        + " repeated %d of %d, none for a committed session%n",
                seed, kills, completions, requests - 2L * SESSIONS * completions, requests);
    }

    private void forgetEverything() {
        try {
            FileSystemUtils.deleteRecursively(work.resolve("data"));
            FileSystemUtils.deleteRecursively(work.resolve("out"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        api.counters().reset();
        committed.clear();
    }

    private void killAtRequest(String moment, Predicate<SampleRequest> wanted, int number) {
        AtomicInteger count = new AtomicInteger();
        try (BillingProcess process = start()) {
            api.onRequest(request -> {
                if (wanted.test(request) && count.incrementAndGet() == number) {
                    process.kill();
                }
            });
            assertThat(process.exitCode()).as("%s: %s", moment, process.err()).isEqualTo(SIGKILLED);
        }
        api.onRequest(request -> {});
        remember();
    }

    private void killWhen(String moment, BooleanSupplier reached) {
        try (BillingProcess process = start()) {
            process.awaitClosely(moment, reached);
        }
        remember();
    }

    /** What is committed now must never be asked for again. */
    private void remember() {
        assertNothingWasAskedAgain();
        for (String id : LedgerFile.of(work.resolve("data")).sessionIds()) {
            committed.put(id, details(id));
        }
    }

    private void assertNothingWasAskedAgain() {
        Map<String, Long> now = new HashMap<>();
        committed.keySet().forEach(id -> now.put(id, details(id)));
        assertThat(now).isEqualTo(committed);
    }

    private long details(String id) {
        return api.counters().requests(Route.CDR, id) + api.counters().requests(Route.RECORDINGS, id);
    }

    private void assertThatItCompletes(int kills) {
        complete(work);
        assertNothingWasAskedAgain();
        assertThatFilesAreTheSame();
        LedgerFile ledger = LedgerFile.of(work.resolve("data"));
        assertThat(ledger.delivered()).isEqualTo(1);
        assertThat(ledger.launches()).endsWith("COMPLETED").doesNotContain("STARTED", "STARTING", "UNKNOWN");
        assertThat(ledger.launches()).filteredOn("COMPLETED"::equals).hasSize(1);
        if (kills >= 0) {
            assertThat(ledger.launches()).hasSize(kills + 1);
        }
    }

    private void assertThatFilesAreTheSame() {
        Map<String, String> files = FolderContents.of(work.resolve("out"));
        assertThat(files.keySet()).isEqualTo(expected.keySet());
        files.forEach((name, content) -> {
            if (name.endsWith("manifest.json")) {
                JsonNode manifest = JsonMapper.shared().readTree(content);
                JsonNode undisturbedOne = JsonMapper.shared().readTree(expected.get(name));
                for (String field : new String[] {"totals", "listing_sha256", "files", "period", "revision", "run"}) {
                    assertThat(manifest.get(field)).as(field).isEqualTo(undisturbedOne.get(field));
                }
            } else {
                assertThat(content.equals(expected.get(name))).as(name).isTrue();
            }
        });
    }

    private static void complete(Path folder) {
        String[] command = COMMAND.clone();
        command[1] = folder.resolve(command[1]).toString();
        Terminal.Screen screen = new Terminal(folder)
                .connect(api)
                .set("export.source.window", "2d")
                .type(command);
        assertThat(screen.exitCode()).as("%s", screen).isZero();
    }

    private BillingProcess start() {
        return BillingProcess.start(work, BillingProcess.connect(api, "EXPORT_SOURCE_WINDOW=2d"), COMMAND);
    }

    private static void jobFile(Path folder) throws IOException {
        Files.writeString(folder.resolve("billing.yml"), "export:\n  time-zone: UTC\n");
    }

    private static Path pipe(Path path) throws IOException, InterruptedException {
        Files.createDirectories(path.getParent());
        assertThat(new ProcessBuilder("mkfifo", path.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        return path;
    }

    /** Recognises the second listing of a window. */
    private static final class Confirming implements Predicate<SampleRequest> {

        private final Set<String> listed = ConcurrentHashMap.newKeySet();

        @Override
        public boolean test(SampleRequest request) {
            return request.route() == Route.SESSIONS && !listed.add(request.appType() + request.query());
        }
    }
}
