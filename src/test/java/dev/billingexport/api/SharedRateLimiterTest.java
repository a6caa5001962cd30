package dev.billingexport.api;

import static dev.billingexport.api.LimitedApi.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that share a rate, in virtual time and without a database. */
class SharedRateLimiterTest {

    private static final int IN_FLIGHT = 16;

    private final LimitedApi api = new LimitedApi(Duration.ofMillis(20));
    private final Table table = new Table();
    private final List<LimitedApi.Process> processes = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"1, 300, 0.01", "2, 300, 0.01", "4, 300, 0.01", "15, 300, 0.02", "4, 1000, 0.01", "15, 1000, 0.01"})
    void togetherTheyFindALimitAndUseItInEqualShares(int count, int limit, double maxRefused) {
        api.limit = limit;
        join(count, null);
        api.run(Duration.ofSeconds(20));
        int refusedBefore = api.refused.size();

        api.run(Duration.ofSeconds(60));

        long accepted = api.accepted(20, 80);
        assertThat(accepted / (60.0 * limit)).isGreaterThan(0.96);
        assertThat((double) (api.refused.size() - refusedBefore) / accepted).isLessThan(maxRefused);
        assertThat(processes)
                .allSatisfy(process ->
                        assertThat(process.accepted.size()).isGreaterThan((int) (0.9 * api.accepted.size() / count)));
    }

    @Test
    void findingALimitTogetherCostsAsFewRefusalsAsAlone() {
        join(4, null);
        api.run(Duration.ofSeconds(10));

        LimitedApi alone = new LimitedApi(new AdaptiveRateLimiter(null), 4 * IN_FLIGHT, Duration.ofMillis(20));
        alone.run(Duration.ofSeconds(10));
        assertThat(api.refused.size()).isLessThan(2 * alone.refused.size());
    }

    @Test
    void oneThatStartsLateHasItsShareAtOnce() {
        join(3, null);
        api.run(Duration.ofSeconds(20));

        join(1, null);
        api.run(Duration.ofSeconds(2));

        assertThat(processes.get(3).accepted.size()).isGreaterThan((int) (0.8 * api.accepted(20, 22) / 4));
    }

    @Test
    void aCeilingHoldsForAllTogether() {
        join(3, 40.0);

        api.run(Duration.ofMinutes(1));

        assertThat(api.refused).isEmpty();
        assertThat(api.starts.size()).isBetween(60 * 40 - 1, 60 * 40 + 1);
    }

    @Test
    void aCeilingAboveTheLimitIsLowered() {
        join(3, 400.0);

        api.run(Duration.ofMinutes(1));

        assertThat(api.accepted(20, 60) / (40 * 300.0)).isGreaterThan(0.96);
        assertThat(api.refusedShare()).isLessThan(0.01);
    }

    @Test
    void aPauseThatOneIsToldHoldsForAll() {
        join(4, null);
        api.retryAfter = Duration.ofSeconds(3);

        api.run(Duration.ofSeconds(10));

        // Until all know: the way back of the answer, and what the knowledge of the others may be old.
        long known = api.refused.get(0) + 80_000_000L;
        assertThat(api.starts).noneMatch(at -> at > known && at < api.refused.get(0) + 3 * SECOND);
        assertThat(processes).allSatisfy(process -> assertThat(process.accepted).anyMatch(at -> at > known));
    }

    /** Nobody uses what a process has reserved that died; and what it knew is with the others. */
    @Test
    void theOthersUseWhatOneLeaves() {
        join(2, null);
        api.run(Duration.ofSeconds(20));

        processes.get(0).end();
        api.run(Duration.ofSeconds(10));

        assertThat(api.accepted(20, 30) / (10 * 300.0)).isGreaterThan(0.96);
    }

    /** The row has times of the clock as it was, also for those that join later. */
    @Test
    void aClockThatIsSetBackIsNotWaitedFor() {
        join(2, null);
        api.retryAfter = Duration.ofSeconds(2);
        api.run(Duration.ofSeconds(20));

        table.ahead -= 3_600 * SECOND;
        join(2, null);
        api.run(Duration.ofSeconds(100));

        assertThat(api.accepted(60, 120) / (60.0 * api.limit)).isGreaterThan(0.9);
    }

    @Test
    void aLongPauseIsKept() {
        join(2, null);
        api.retryAfter = ResponseClassifier.MAX_RETRY_AFTER;

        api.run(Duration.ofSeconds(299));

        assertThat(api.accepted(2, 299)).isZero();
    }

    @Test
    void aFewTurnsMayTakeLong() {
        join(15, 0.01);

        api.run(Duration.ofHours(10));

        assertThat(api.starts.size()).isBetween(359, 361);
    }

    /** Of another version: it had other fields. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"limit\":5}", "{}", "5 a second", "null", ""})
    void whatCantBeReadIsFoundAnew(String rate) {
        table.rate = rate;
        join(2, null);

        api.run(Duration.ofMinutes(1));

        assertThat(api.accepted(20, 60) / (40.0 * api.limit)).isGreaterThan(0.96);
        assertThat(FoundRate.parse(Objects.requireNonNull(table.rate))).isNotNull();
    }

    private void join(int count, @Nullable Double maxPerSecond) {
        for (int i = 0; i < count; i++) {
            processes.add(api.join(new SharedRateLimiter(table, maxPerSecond, api.ticker()), IN_FLIGHT));
        }
    }

    /** The row that they share, by a clock that is ahead of theirs. */
    private final class Table implements SharedTurns {

        private long ahead = 10_000 * SECOND;

        private long next;
        private long accepted;
        private @Nullable String rate;

        @Override
        public Shared reserve(long count, long span, long slack, long maxAhead) {
            accepted += count;
            next = (next > now() + maxAhead ? now() : Math.max(next, now() - slack)) + span;
            return new Shared(now(), next, accepted, rate);
        }

        @Override
        public boolean replace(@Nullable String before, String after, long pausedUntil) {
            boolean unchanged = Objects.equals(before, rate);
            if (unchanged) {
                rate = after;
                next = Math.max(next, pausedUntil);
            }
            return unchanged;
        }

        private long now() {
            return api.ticker().nanos() + ahead;
        }
    }
}
