package dev.billingexport.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * An API behind a token bucket, and clients that ask it without rest through one {@link AdaptiveRateLimiter}, in virtual time: a minute
 * takes some milliseconds and is the same in every run.
 */
final class LimitedApi {

    static final long SECOND = 1_000_000_000L;

    private record Event(long at, int order, Runnable happens) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at == other.at ? Integer.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Random random = new Random(1);
    private final AdaptiveRateLimiter rateLimiter;
    private final long latency;

    /** Requests a second that are accepted, how many at once, and a share that is refused for no reason. */
    double limit = 300;

    double burst = 30;
    double accidents;
    Duration retryAfter;

    final List<Long> starts = new ArrayList<>();
    final List<Long> accepted = new ArrayList<>();
    final List<Long> refused = new ArrayList<>();

    private long now;
    private int order;
    private int waiting;
    private double allowance;
    private long filled;

    LimitedApi(AdaptiveRateLimiter rateLimiter, int inFlight, Duration latency) {
        this.rateLimiter = rateLimiter;
        this.latency = latency.toNanos();
        for (int i = 0; i < inFlight; i++) {
            at(0, this::ask);
        }
    }

    void run(Duration duration) {
        if (now == 0) {
            allowance = burst;
        }
        long end = now + duration.toNanos();
        while (events.peek().at() < end) {
            Event next = events.remove();
            now = next.at();
            next.happens().run();
        }
        now = end;
    }

    long accepted(int fromSecond, int toSecond) {
        return accepted.stream()
                .filter(at -> at >= fromSecond * SECOND && at < toSecond * SECOND)
                .count();
    }

    double refusedShare() {
        return (double) refused.size() / (refused.size() + accepted.size());
    }

    /** One waits for its turn; the others wait for that one, as in {@link RequestLimiter}. */
    private void ask() {
        waiting++;
        if (waiting == 1) {
            at(rateLimiter.turn(now), this::start);
        }
    }

    private void start() {
        if (rateLimiter.paused(now)) {
            at(rateLimiter.turn(now), this::start);
            return;
        }
        waiting--;
        long started = now;
        starts.add(now);
        at(now + half(), () -> arrive(started));
        if (waiting > 0) {
            at(rateLimiter.turn(now), this::start);
        }
    }

    private void arrive(long started) {
        allowance = Math.min(burst, allowance + limit * (now - filled) / SECOND);
        filled = now;
        boolean accept = allowance >= 1 && random.nextDouble() >= accidents;
        if (accept) {
            allowance--;
        }
        (accept ? accepted : refused).add(now);
        at(now + half(), () -> {
            if (accept) {
                rateLimiter.accepted(now);
            } else {
                rateLimiter.refused(started, now, retryAfter);
            }
            ask();
        });
    }

    private long half() {
        return (long) (latency / 2 * (0.8 + 0.4 * random.nextDouble()));
    }

    private void at(long time, Runnable happens) {
        events.add(new Event(time, order++, happens));
    }
}
