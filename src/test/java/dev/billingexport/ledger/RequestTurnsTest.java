package dev.billingexport.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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

    /** What ten turns take at a hundred a second. */
    private static final long SPAN = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long SLACK = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long AHEAD = TimeUnit.MINUTES.toNanos(10);

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

    /** Each reservation begins where the one before it ends, whoever made that. */
    @Test
    void nobodyGetsATurnOfAnothers() throws InterruptedException {
        List<RequestTurns.Reservation> made = Collections.synchronizedList(new ArrayList<>());
        ExecutorService processes = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 20; i++) {
            processes.execute(() -> made.add(reserve("shared", SPAN)));
        }
        processes.shutdown();
        assertThat(processes.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

        List<Long> ends =
                made.stream().map(RequestTurns.Reservation::end).sorted().toList();
        assertThat(ends).hasSize(20);
        for (int i = 1; i < 20; i++) {
            assertThat(ends.get(i) - ends.get(i - 1)).isGreaterThanOrEqualTo(SPAN);
        }
    }

    @Test
    void turnsThatNobodyTookAreNotMadeUpFor() throws InterruptedException {
        reserve("idle", SPAN);
        Thread.sleep(1_000);

        RequestTurns.Reservation reservation = reserve("idle", SPAN);

        assertThat(reservation.end() - SPAN).isGreaterThan(reservation.at() - 100 * SLACK);
        assertThat(reservation.end() - SPAN).isLessThanOrEqualTo(reservation.at());
    }

    @Test
    void anotherAccountHasTurnsOfItsOwn() {
        reserve("one", 100 * SPAN);

        RequestTurns.Reservation reservation = reserve("other", SPAN);

        assertThat(reservation.end() - SPAN).isLessThanOrEqualTo(reservation.at());
    }

    @Test
    void acceptedRequestsAreCountedOverAllProcesses() {
        turns().reserve("counted", 3, 0, SLACK, AHEAD);
        turns().reserve("counted", 4, 0, SLACK, AHEAD);

        assertThat(reserve("counted", 0).accepted()).isEqualTo(7);
    }

    @Test
    void onlyWhoKnowsTheLatestRateReplacesIt() {
        assertThat(reserve("found", 0).rate()).isNull();

        assertThat(turns().replaceRate("found", null, "first", 0)).isTrue();
        assertThat(turns().replaceRate("found", null, "late", 0)).isFalse();
        assertThat(turns().replaceRate("found", "first", "second", 0)).isTrue();

        assertThat(reserve("found", 0).rate()).isEqualTo("second");
    }

    @Test
    void turnsComeAfterAPause() {
        long end = reserve("paused", 0).at() + 100 * SPAN;

        turns().replaceRate("paused", null, "paused", end);

        // To the microsecond.
        assertThat(reserve("paused", SPAN).end() - SPAN).isBetween(end - 1_000, end);
    }

    /** The server's clock was set back since; nobody waits until it is there again. */
    @Test
    void turnsThatAreTooFarAheadAreNotWaitedFor() {
        reserve("stepped", SPAN);
        turns().replaceRate("stepped", null, "stepped", reserve("stepped", 0).at() + TimeUnit.HOURS.toNanos(1));

        RequestTurns.Reservation first = reserve("stepped", SPAN);
        RequestTurns.Reservation second = reserve("stepped", SPAN);

        assertThat(first.end() - SPAN).isLessThanOrEqualTo(first.at());
        assertThat(second.end() - SPAN).isGreaterThanOrEqualTo(first.end());
        assertThat(second.end()).isLessThan(second.at() + AHEAD);
    }

    /** Others need not wait for the end of the transaction, whatever that is. */
    @Test
    void turnsAreNoPartOfTheCallersTransaction() {
        database.transactions().executeWithoutResult(transaction -> {
            turns().reserve("outside", 5, 0, SLACK, AHEAD);
            transaction.setRollbackOnly();
        });

        assertThat(reserve("outside", 0).accepted()).isEqualTo(5);
    }

    private static RequestTurns.Reservation reserve(String account, long span) {
        return turns().reserve(account, 0, span, SLACK, AHEAD);
    }

    private static RequestTurns turns() {
        return database.requestTurns();
    }
}
