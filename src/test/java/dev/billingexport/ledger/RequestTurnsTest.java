package dev.billingexport.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes share one sequence of turns; connections stand for them. */
class RequestTurnsTest {

    private static final int COUNT = 10;
    private static final double PER_SECOND = 100;

    /** What ten turns take at the rate. */
    private static final long SPAN = TimeUnit.MILLISECONDS.toNanos(100);

    @TempDir
    static Path folder;

    private static LedgerDatabase database;

    @BeforeAll
    static void open() {
        database = LedgerDatabase.open(Vendor.POSTGRESQL, folder);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** The last of many reservations is as far off as all the turns before it take, whoever made them. */
    @Test
    void nobodyGetsATurnOfAnothers() throws InterruptedException {
        List<Long> waits = Collections.synchronizedList(new ArrayList<>());
        long begun = System.nanoTime();
        ExecutorService processes = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 20; i++) {
            processes.execute(() -> waits.add(database.requestTurns().reserve("shared", COUNT, PER_SECOND)));
        }
        processes.shutdown();
        assertThat(processes.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        long took = System.nanoTime() - begun;

        assertThat(waits).hasSize(20);
        // 19 reservations lie before the last one; what passed meanwhile is not waited for any more.
        assertThat(Collections.max(waits)).isBetween(19 * SPAN - took - SPAN / 10, 19 * SPAN);
    }

    @Test
    void turnsThatNobodyTookAreNotMadeUpFor() throws InterruptedException {
        database.requestTurns().reserve("idle", 1, PER_SECOND);
        Thread.sleep(1_000);

        assertThat(database.requestTurns().reserve("idle", COUNT, PER_SECOND))
                .isBetween(-Duration.ofMillis(500).toNanos(), 0L);
    }

    @Test
    void anotherAccountHasTurnsOfItsOwn() {
        database.requestTurns().reserve("one", 1_000, 1);

        assertThat(database.requestTurns().reserve("other", 1, 1)).isLessThanOrEqualTo(0);
    }
}
