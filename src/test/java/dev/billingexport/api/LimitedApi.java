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
    private double allowance;
    private long filled;

    LimitedApi(Duration latency) {
        this.latency = latency.toNanos();
    }

    LimitedApi(RateLimiter rateLimiter, int inFlight, Duration latency) {
        this(latency);
        join(rateLimiter, inFlight);
    }

    /** Lets one more process ask from now on. */
    Process join(RateLimiter rateLimiter, int inFlight) {
        Process process = new Process(rateLimiter);
        for (int i = 0; i < inFlight; i++) {
            at(now, process::ask);
        }
        return process;
    }

    /** The clock of all processes. */
    Ticker ticker() {
        return new Ticker() {
            @Override
            public long nanos() {
                return now;
            }

            @Override
            public void sleep(long nanos) {
                throw new UnsupportedOperationException();
            }
        };
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

    /** What asks through one limiter. */
    final class Process {

        private final RateLimiter rateLimiter;
        private int waiting;
        private boolean ended;

        final List<Long> accepted = new ArrayList<>();

        private Process(RateLimiter rateLimiter) {
            this.rateLimiter = rateLimiter;
        }

        /** Lets it ask no more. */
        void end() {
            ended = true;
        }

        /** One waits for its turn; the others wait for that one, as in {@link RequestLimiter}. */
        private void ask() {
            waiting++;
            if (waiting == 1) {
                takeTurn();
            }
        }

        private void takeTurn() {
            at(Math.max(now, rateLimiter.turn(now, waiting)), this::start);
        }

        private void start() {
            if (ended) {
                return;
            }
            if (rateLimiter.paused(now)) {
                takeTurn();
                return;
            }
            waiting--;
            long started = now;
            starts.add(now);
            at(now + half(), () -> arrive(started));
            if (waiting > 0) {
                takeTurn();
            }
        }

        private void arrive(long started) {
            allowance = Math.min(burst, allowance + limit * (now - filled) / SECOND);
            filled = now;
            boolean accept = allowance >= 1 && random.nextDouble() >= accidents;
            if (accept) {
                allowance--;
                accepted.add(now);
            }
            (accept ? LimitedApi.this.accepted : refused).add(now);
            at(now + half(), () -> {
                if (accept) {
                    rateLimiter.accepted(now);
                } else {
                    rateLimiter.refused(started, now, retryAfter);
                }
                ask();
            });
        }
    }

    private long half() {
        return (long) (latency / 2 * (0.8 + 0.4 * random.nextDouble()));
    }

    private void at(long time, Runnable happens) {
        events.add(new Event(time, order++, happens));
    }
}
