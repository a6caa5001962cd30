package dev.billingexport.api;

import static dev.billingexport.testing.ScriptedApi.json;
import static dev.billingexport.testing.ScriptedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.session.AppType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RequestLimiterTest extends ApiTest {

    @Test
    void noMoreThanTheCeilingIsInFlightAndAllOfItIsUsed() throws Exception {
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(3);
        api.always(exchange -> {
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            full.countDown();
            try {
                // The first three wait for each other, so that the ceiling is reached for sure.
                full.await(5, TimeUnit.SECONDS);
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            inFlight.decrementAndGet();
            ok(NO_CDR).to(exchange);
        });
        ReportingClient client = client(BASIC, 1, 3, null);

        ExecutorService threads = Executors.newFixedThreadPool(12);
        for (int i = 0; i < 60; i++) {
            threads.execute(() -> client.callDetails(AppType.VC, "s"));
        }
        threads.shutdown();

        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(api.asked()).hasSize(60);
        assertThat(most).hasValue(3);
    }

    @Test
    void theRateIsACeilingForAllThreads() throws Exception {
        api.always(ok(NO_CDR));
        ReportingClient client = client(BASIC, 1, 8, 20.0);
        long start = System.nanoTime();

        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 16; i++) {
            threads.execute(() -> client.callDetails(AppType.VC, "s"));
        }
        threads.shutdown();

        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(api.asked()).hasSize(16);
        // Fourteen whole gaps of 50 ms, for the limiter's clock is running when the first request comes.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(700));
    }

    @Test
    void whatOneIsAskedToWaitAllWait() throws Exception {
        List<Long> arrivals = Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean refused = new AtomicBoolean();
        api.always(exchange -> {
            arrivals.add(System.nanoTime());
            boolean refuse = arrivals.size() > 20 && refused.compareAndSet(false, true);
            (refuse ? json(429, "{\"result\":429}", "Retry-After", "1") : ok(NO_CDR)).to(exchange);
        });
        ReportingClient client = client(BASIC, 2, 4, null);

        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 60; i++) {
            threads.execute(() -> client.callDetails(AppType.VC, "s"));
        }
        threads.shutdown();

        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(arrivals).hasSize(61);
        List<Long> times = arrivals.stream().sorted().toList();
        long pauses = IntStream.range(1, times.size())
                .filter(i -> times.get(i) - times.get(i - 1) > 800_000_000L)
                .count();
        assertThat(pauses).isEqualTo(1);
    }
}
