package dev.billingexport.worker;

import static dev.billingexport.testing.ScriptedApi.json;
import static dev.billingexport.testing.ScriptedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billingexport.api.Credentials;
import dev.billingexport.api.Network;
import dev.billingexport.api.ReportingClient;
import dev.billingexport.ledger.LedgerDatabase;
import dev.billingexport.ledger.Vendor;
import dev.billingexport.session.AppType;
import dev.billingexport.testing.Clients;
import dev.billingexport.testing.RateLimit;
import dev.billingexport.testing.ScriptedApi;
import dev.billingexport.testing.TokenBucket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

/**
 * Clients that share a rate over a real database, and a real server with a limit. Bounds are wide: how well the limit is
 * used is told by {@code SharedRateLimiterTest}, where no other process takes the processor.
 */
@Timeout(120)
class SharedRateTest {

    private static final String ACCOUNT = "app-id-1";
    private static final String NO_CDR = "{\"result\":1,\"cdr\":[]}";
    private static final int IN_FLIGHT = 8;

    @TempDir
    private static Path folder;

    private static LedgerDatabase database;

    private final ScriptedApi api = new ScriptedApi();
    private final List<Worker> workers = new ArrayList<>();

    @BeforeAll
    static void open() {
        database = LedgerDatabase.open(Vendor.POSTGRESQL, folder);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Worker worker : workers) {
            worker.stop();
        }
        api.close();
        database.sql().sql("DELETE FROM request_turn").update();
    }

    @Test
    void aLimitIsFoundAndSharedAlsoWithOneThatStartsLate() throws InterruptedException {
        TokenBucket limit = new TokenBucket(new RateLimit(60, 10));
        AtomicInteger accepted = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        api.always(exchange -> {
            boolean accept = limit.take();
            (accept ? accepted : refused).incrementAndGet();
            (accept ? ok(NO_CDR) : json(429, "{\"result\":429}")).to(exchange);
        });
        start(null);
        start(null);
        Thread.sleep(10_000);
        start(null);
        int acceptedBefore = accepted.get();
        int refusedBefore = refused.get();
        List<Integer> before = workers.stream().map(Worker::answers).toList();

        Thread.sleep(6_000);

        double found = accepted.get() - acceptedBefore;
        assertThat(found).isGreaterThan(0.6 * 6 * 60);
        assertThat(refused.get() - refusedBefore).isLessThan((int) (0.1 * found));
        for (int i = 0; i < 3; i++) {
            assertThat(workers.get(i).answers() - before.get(i)).isGreaterThan((int) (found / 3 / 3));
        }
    }

    @Test
    void aPauseThatOneIsToldHoldsForAll() throws InterruptedException {
        Queue<Long> arrivals = new ConcurrentLinkedQueue<>();
        AtomicReference<Long> told = new AtomicReference<>();
        api.always(exchange -> {
            long now = System.nanoTime();
            arrivals.add(now);
            boolean refuse = arrivals.size() > 20 && told.compareAndSet(null, now);
            (refuse ? json(429, "{\"result\":429}", "Retry-After", "4") : ok(NO_CDR)).to(exchange);
        });
        start(20.0);
        start(20.0);

        Thread.sleep(10_000);

        long from = told.get();
        // Those that were under way, on a machine that is busy.
        assertThat(arrivals)
                .noneMatch(at -> at > from + TimeUnit.SECONDS.toNanos(2) && at < from + TimeUnit.SECONDS.toNanos(4))
                .anyMatch(at -> at > from + TimeUnit.SECONDS.toNanos(4));
    }

    @Test
    void aCeilingHoldsForAllTogether() throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        api.always(exchange -> {
            asked.incrementAndGet();
            ok(NO_CDR).to(exchange);
        });
        long start = System.nanoTime();
        start(50.0);
        start(50.0);

        Thread.sleep(4_000);

        int count = asked.get();
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat(count).isBetween((int) (0.5 * 50 * seconds), (int) (50 * seconds) + 2);
    }

    /** What fails is then not the API's, and the window is given back for it. */
    @Test
    void aDatabaseThatIsAwayFailsTheRequestAndNothingMore() {
        ReportingClient client = client(null);
        AtomicBoolean away = new AtomicBoolean();
        api.always(exchange -> {
            if (away.compareAndSet(false, true)) {
                database.sql().sql("ALTER TABLE request_turn RENAME TO away").update();
            }
            json(429, "{\"result\":429}").to(exchange);
        });

        assertThatThrownBy(() -> client.callDetails(AppType.VC, "s")).isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> client.callDetails(AppType.VC, "s")).isInstanceOf(DataAccessException.class);

        database.sql().sql("ALTER TABLE away RENAME TO request_turn").update();
        api.always(ok(NO_CDR));
        assertThat(client.callDetails(AppType.VC, "s")).isEmpty();
    }

    private void start(@Nullable Double maxPerSecond) {
        workers.add(new Worker(client(maxPerSecond)));
    }

    private ReportingClient client(@Nullable Double maxPerSecond) {
        Map<String, Object> settings =
                new HashMap<>(Map.of("base-url", api.url(), "max-attempts", 6, "max-in-flight", IN_FLIGHT));
        if (maxPerSecond != null) {
            settings.put("max-per-second", maxPerSecond);
        }
        return new ReportingClient(
                Clients.source(settings),
                Network.direct(),
                new Credentials.Basic(ACCOUNT, "app-key-s3cret"),
                Clock.systemUTC(),
                new AccountTurns(database.requestTurns(), ACCOUNT));
    }

    /** Asks without rest. */
    private static final class Worker {

        private final ExecutorService threads = Executors.newFixedThreadPool(2 * IN_FLIGHT);
        private final AtomicInteger answers = new AtomicInteger();
        private final ReportingClient client;

        Worker(ReportingClient client) {
            this.client = client;
            for (int i = 0; i < 2 * IN_FLIGHT; i++) {
                threads.submit(this::ask);
            }
        }

        private void ask() {
            while (!threads.isShutdown()) {
                client.callDetails(AppType.VC, "s");
                answers.incrementAndGet();
            }
        }

        int answers() {
            return answers.get();
        }

        void stop() throws InterruptedException {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            client.close();
        }
    }
}
