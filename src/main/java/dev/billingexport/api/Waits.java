package dev.billingexport.api;

import dev.billingexport.api.Waiting.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tracks what the threads that query the API wait for, for display. Thread-safe; takes no lock. */
final class Waits {

    private static final Logger log = LoggerFactory.getLogger(Waits.class);

    /** A shorter silence is not reported. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private final Clock clock;
    private final Ticker ticker;
    private final Duration readTimeout;
    private final Redaction redaction;

    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile long silentSince;
    private volatile @Nullable Waiting outage;
    private volatile @Nullable Waiting pause;
    private volatile @Nullable Waiting retry;

    Waits(Clock clock, Ticker ticker, Duration readTimeout, Redaction redaction) {
        this.clock = clock;
        this.ticker = ticker;
        this.readTimeout = readTimeout;
        this.redaction = redaction;
    }

    /** Records the start of a request. */
    void asked() {
        if (inFlight.getAndIncrement() == 0) {
            silentSince = ticker.nanos();
        }
    }

    /** Records the end of a request, successful or not. */
    void ended() {
        inFlight.decrementAndGet();
        silentSince = ticker.nanos();
    }

    /** Records a failed probe during an outage. */
    void down(Duration lasting, Failure last, Duration delay) {
        Waiting before = outage;
        Instant now = clock.instant();
        outage = new Waiting(
                Reason.OUTAGE, before == null ? now.minus(lasting) : before.since(), said(last), now.plus(delay));
        log.debug("The API is down: {}; next try in {} ms", said(last), delay.toMillis());
    }

    /** Records the end of an outage. */
    void up() {
        if (outage != null) {
            outage = null;
            log.debug("The API is up again");
        }
    }

    /** Records an answer that asks for a pause. */
    void paused(Failure answer, Duration wish) {
        Waiting before = pause;
        Instant now = clock.instant();
        Instant end = now.plus(wish);
        if (before == null || before.nextTry().isBefore(now)) {
            pause = new Waiting(Reason.PAUSE, now, said(answer), end);
            log.debug("The API asks for a pause of {} ms: {}", wish.toMillis(), said(answer));
        } else if (end.isAfter(before.nextTry())) {
            pause = new Waiting(Reason.PAUSE, before.since(), said(answer), end);
        }
    }

    /** Records a failed request that will be repeated. */
    void retried(Failure last, Duration delay) {
        Instant now = clock.instant();
        Waiting before = retry;
        if (before == null || before.nextTry().isBefore(now.plus(delay))) {
            retry = new Waiting(Reason.RETRY, now, said(last), now.plus(delay));
        }
    }

    /** Returns what is waited for now; empty while answers arrive. */
    Optional<Waiting> current() {
        Instant now = clock.instant();
        Waiting known = outage;
        Waiting pausing = current(pause, now);
        if (known == null) {
            known = pausing;
        } else if (pausing != null && pausing.nextTry().isAfter(known.nextTry())) {
            known = new Waiting(known.reason(), known.since(), pausing.said(), pausing.nextTry());
        }
        Duration silence = Duration.ofNanos(ticker.nanos() - silentSince);
        if (known == null && silence.compareTo(SILENCE) > 0) {
            Instant since = now.minus(silence);
            known = inFlight.get() > 0
                    ? new Waiting(Reason.ANSWER, since, null, since.plus(readTimeout))
                    : current(retry, now);
        }
        return Optional.ofNullable(known);
    }

    private static @Nullable Waiting current(@Nullable Waiting waiting, Instant now) {
        return waiting != null && waiting.nextTry().isAfter(now) ? waiting : null;
    }

    private String said(Failure failure) {
        return redaction.clean(String.valueOf(failure.getMessage()));
    }
}
