package dev.billingexport.api;

import static dev.billingexport.api.LimitedApi.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdaptiveRateLimiterTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @ParameterizedTest
    @CsvSource({"16, 5", "32, 5", "64, 5", "16, 50", "32, 50", "64, 50"})
    void aLimitIsFoundAndUsed(int inFlight, int latency) {
        LimitedApi api = new LimitedApi(new AdaptiveRateLimiter(null), inFlight, Duration.ofMillis(latency));

        api.run(MINUTE);

        assertThat(api.accepted.size() / (60 * 300.0)).isGreaterThan(0.97);
        assertThat(api.refusedShare()).isLessThan(0.01);
    }

    @Test
    void aLimitThatHalvesIsFollowedAtOnce() {
        LimitedApi api = new LimitedApi(new AdaptiveRateLimiter(null), 64, Duration.ofMillis(50));
        api.run(Duration.ofSeconds(20));
        int refusedBefore = api.refused.size();

        api.limit = 150;
        api.run(Duration.ofSeconds(20));

        assertThat(api.accepted(21, 31)).isBetween(1400L, 1530L);
        assertThat(api.refused.size() - refusedBefore).isLessThan(100);
    }

    @Test
    void aLimitThatDoublesIsFoundWithinSeconds() {
        LimitedApi api = new LimitedApi(new AdaptiveRateLimiter(null), 64, Duration.ofMillis(50));
        api.run(Duration.ofSeconds(20));

        api.limit = 600;
        api.run(Duration.ofSeconds(20));

        assertThat(api.accepted(26, 40)).isGreaterThan((long) (0.97 * 14 * 600));
        assertThat(api.refusedShare()).isLessThan(0.01);
    }

    @Test
    void withoutALimitNothingWaits() {
        LimitedApi api = new LimitedApi(new AdaptiveRateLimiter(null), 16, Duration.ofMillis(50));
        api.limit = 1e9;

        api.run(MINUTE);

        assertThat(api.accepted.size() / (16 * 60 / 0.05)).isGreaterThan(0.99);
    }

    @Test
    void aConfiguredRateIsNeverPassed() {
        LimitedApi api = new LimitedApi(new AdaptiveRateLimiter(40.0), 64, Duration.ofMillis(50));

        api.run(MINUTE);

        assertThat(api.refused).isEmpty();
        assertThat(api.starts.size()).isBetween(60 * 40 - 1, 60 * 40 + 1);
        assertThat(mostInASecond(api.starts)).isLessThanOrEqualTo(40);
    }

    @Test
    void aConfiguredRateAboveTheLimitIsLowered() {
        LimitedApi api = new LimitedApi(new AdaptiveRateLimiter(400.0), 32, Duration.ofMillis(50));

        api.run(MINUTE);

        assertThat(api.accepted.size() / (60 * 300.0)).isGreaterThan(0.97);
        assertThat(api.refusedShare()).isLessThan(0.01);
        assertThat(mostInASecond(api.starts)).isLessThanOrEqualTo(400);
    }

    @Test
    void whereRefusalsCostAPauseTheyBecomeRare() {
        LimitedApi api = new LimitedApi(new AdaptiveRateLimiter(null), 32, Duration.ofMillis(50));
        api.retryAfter = Duration.ofSeconds(1);

        api.run(Duration.ofMinutes(4));

        assertThat(api.accepted(60, 240) / (180 * 300.0)).isGreaterThan(0.94);
        assertThat(pauses(api)).isLessThan(20);
    }

    @Test
    void nobodyStartsWhileTheApiWantsToBeLeftAlone() {
        LimitedApi api = new LimitedApi(new AdaptiveRateLimiter(null), 32, Duration.ofMillis(50));
        api.retryAfter = Duration.ofSeconds(7);

        api.run(Duration.ofSeconds(20));

        // The answer takes up to 30 ms, and by then all the others are under way.
        long heard = api.refused.get(0) + 30_000_000L;
        assertThat(api.starts).noneMatch(at -> at > heard && at < heard + 6 * SECOND);
        assertThat(api.starts).anyMatch(at -> at > heard + 6 * SECOND);
    }

    @Test
    void accidentsDontSlowDown() {
        LimitedApi api = new LimitedApi(new AdaptiveRateLimiter(null), 16, Duration.ofMillis(50));
        api.limit = 1e9;
        api.accidents = 0.005;

        api.run(MINUTE);

        assertThat(api.accepted.size() / (16 * 60 / 0.05)).isGreaterThan(0.95);
    }

    @Test
    void anApiThatRefusesEverythingIsAskedOnceASecond() {
        LimitedApi api = new LimitedApi(new AdaptiveRateLimiter(null), 16, Duration.ofMillis(50));
        api.run(Duration.ofSeconds(10));
        int before = api.starts.size();

        api.accidents = 1;
        api.run(MINUTE);

        assertThat(api.starts.size() - before).isBetween(60, 160);
    }

    private static long mostInASecond(List<Long> times) {
        List<Long> sorted = times.stream().sorted().toList();
        int most = 0;
        int from = 0;
        for (int at = 0; at < sorted.size(); at++) {
            while (sorted.get(at) >= sorted.get(from) + SECOND) {
                from++;
            }
            most = Math.max(most, at - from + 1);
        }
        return most;
    }

    /** Refusals that come together cost one pause. */
    private static long pauses(LimitedApi api) {
        long pauses = 0;
        long last = -SECOND;
        for (long at : api.refused) {
            pauses += at - last > SECOND / 2 ? 1 : 0;
            last = at;
        }
        return pauses;
    }
}
