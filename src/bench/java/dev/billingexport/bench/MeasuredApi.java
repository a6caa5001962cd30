package dev.billingexport.bench;

import dev.billingexport.sample.Route;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.Generator;
import dev.billingexport.testing.RateLimit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The sample API in a process of its own, so that its work isn't counted as ours. It says where it listens and then
 * answers each line of its input: {@code report}, {@code reset}, {@code limit <per second> <burst>}, or
 * {@code sessions <number>}, after which it listens elsewhere. It ends with its input.
 */
public final class MeasuredApi {

    private static final long SEED = 7;

    private final Duration latency;
    private final AtomicLong first = new AtomicLong();
    private final AtomicLong last = new AtomicLong();
    private FakeApi api;

    private MeasuredApi(int sessions, Duration latency) {
        this.latency = latency;
        this.api = start(sessions);
    }

    private FakeApi start(int sessions) {
        // September is there to warm up with.
        Generator generator = new Generator(
                SEED, sessions, Instant.parse("2026-09-01T00:00:00Z"), Instant.parse("2026-11-01T00:00:00Z"), 0);
        FakeApi started = FakeApi.start(0, behaviour(null), generator.sessions());
        started.onRequest(request -> {
            long now = System.nanoTime();
            first.compareAndSet(0, now);
            last.accumulateAndGet(now, Math::max);
        });
        return started;
    }

    /** @param arguments how many sessions in September and October together, and milliseconds of latency */
    public static void main(String... arguments) throws IOException {
        new MeasuredApi(Integer.parseInt(arguments[0]), Duration.ofMillis(Long.parseLong(arguments[1]))).serve();
    }

    private void serve() throws IOException {
        System.out.println(api.baseUrl());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "report" -> System.out.println(report());
                case "reset" -> reset();
                case "sessions" -> {
                    api.close();
                    api = start(Integer.parseInt(words[1]));
                    System.out.println(api.baseUrl());
                }
                case "limit" ->
                    api.behave(behaviour(new RateLimit(Double.parseDouble(words[1]), Double.parseDouble(words[2]))));
                default -> throw new IllegalArgumentException(line);
            }
        }
        api.close();
    }

    private Behaviour behaviour(RateLimit limit) {
        return Behaviour.DOCUMENTED.with().latency(latency).limit(limit).build();
    }

    private void reset() {
        api.counters().reset();
        first.set(0);
        last.set(0);
    }

    private String report() {
        long requests = 0;
        for (Route route : Route.values()) {
            requests += api.counters().requests(route);
        }
        double seconds = (last.get() - first.get()) / 1e9 + latency.toMillis() / 1e3;
        long firstMillis = Clock.systemUTC().millis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - first.get());
        return requests + " " + api.counters().requests(Route.CDR) + " "
                + api.counters().faults() + " " + seconds + " " + firstMillis;
    }
}
