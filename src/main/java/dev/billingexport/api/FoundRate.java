package dev.billingexport.api;

import java.time.Duration;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is known of the API's limit. The rate follows "additive increase, multiplicative decrease": it is unlimited until
 * the API refuses requests because there are too many. Then it falls to the rate that the API was seen to accept, or by a
 * fixed share if that is a smaller decrease, and rises again as {@link RateRamp} says.
 *
 * <p>Our own code, because libraries' rate limiters keep a rate that is given, whereas this one has to find it. All times
 * are in nanoseconds of one clock, and all counts of accepted requests are of one counter. Immutable.
 *
 * @param ramp the rate over time
 * @param pausedUntil no request may start before
 * @param decreased requests that started before it had a turn of an earlier rate, and don't decrease the rate
 * @param acceptedAtRefusal requests accepted before the last refusal
 * @param older where the measurement of accepted requests a second begins
 * @param newer takes the place of {@code older} after some seconds
 */
record FoundRate(RateRamp ramp, long pausedUntil, long decreased, long acceptedAtRefusal, Mark older, Mark newer) {

    private static final double DECREASE = 0.85;

    /** For a refusal soon after a decrease: that decrease was far too small. */
    private static final double STEEP_DECREASE = 0.5;

    private static final long SOON = 500_000_000L;

    /** Starts a little below the limit, so that the API's allowance for bursts recovers. */
    private static final double RELIEF = 0.95;

    private static final double MIN_RATE = 1;

    /**
     * Refusals with more accepted requests than this between them are single faults: a lower rate would not avoid them.
     */
    private static final long LONE = 15;

    /**
     * Each ramp ends with a refusal. Where a refusal pauses every request, ramps are this many times as long as the
     * pause, so that pauses cost about 3 % of the time.
     */
    private static final double RAMP_PER_PAUSE = 30;

    /** A ramp that ended earlier than this has not found the limit yet. A longer ramp would only delay finding it. */
    private static final long SETTLED = 2_000_000_000L;

    /** Accepted requests a second are measured over this time to twice this time. */
    private static final long SPAN = 5_000_000_000L;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /** The count of accepted requests at a point in time. */
    record Mark(long nanos, long accepted) {}

    /** The API has refused nothing yet. */
    static FoundRate unlimited(long now, long accepted) {
        Mark mark = new Mark(now, accepted);
        return new FoundRate(RateRamp.unbounded(), now, now, accepted - LONE - 1, mark, mark);
    }

    /** Returns what {@link #text} was made of; null where another version of this program wrote it. */
    static @Nullable FoundRate parse(String text) {
        try {
            return JSON.readValue(text, FoundRate.class);
        } catch (JacksonException e) {
            return null;
        }
    }

    String text() {
        return JSON.writeValueAsString(this);
    }

    /** Returns the rate at which requests may start, in requests a second; infinite without a limit. */
    double rate(long now) {
        return ramp.rate(now);
    }

    /** Returns whether one of the times is later than this. */
    boolean isBeyond(long latest) {
        return LongStream.of(pausedUntil, decreased, ramp.start(), older.nanos(), newer.nanos())
                .anyMatch(time -> time > latest);
    }

    boolean paused(long now) {
        return now < pausedUntil;
    }

    /** Returns for how long accepted requests have been counted. */
    long measured(long now) {
        return now - older.nanos();
    }

    /** Returns whether {@link #marked} is due. */
    boolean markDue(long now) {
        return now - newer.nanos() > SPAN;
    }

    /** Goes on with measuring: as of now, so many requests were accepted. */
    FoundRate marked(long now, long accepted) {
        return new FoundRate(ramp, pausedUntil, decreased, acceptedAtRefusal, newer, new Mark(now, accepted));
    }

    /** Returns the same rate after the API has asked for a pause. */
    FoundRate paused(long now, Duration wish) {
        long until = Math.max(pausedUntil, now + wish.toNanos());
        return new FoundRate(ramp, until, decreased, acceptedAtRefusal, older, newer);
    }

    /**
     * Returns what is known after a refusal for too many requests.
     *
     * @param started when the request started
     * @param wish how long the API asks to wait, null where it doesn't say
     * @param accepted all requests accepted so far
     * @param ceiling the highest rate that requests started at
     * @param taken until when turns are taken already, at the rate before
     */
    FoundRate refused(long started, long now, @Nullable Duration wish, long accepted, double ceiling, long taken) {
        FoundRate paused = wish == null ? this : paused(now, wish);
        if (started < decreased) {
            return paused;
        }
        boolean lone = wish == null && accepted - acceptedAtRefusal > LONE;
        FoundRate counted = new FoundRate(ramp, paused.pausedUntil, decreased, accepted, older, newer);
        return lone ? counted : counted.lowered(now, ceiling, taken);
    }

    private FoundRate lowered(long now, double ceiling, long taken) {
        long risen = now - ramp.start();
        long pause = Math.max(0, pausedUntil - now);
        double rate = Math.min(rate(now), ceiling);
        double kept = perSecond(now);
        boolean stretched = false;
        if (rate < Double.POSITIVE_INFINITY) {
            // The API's burst allowance is used up after a refusal, so the rate accepted between two refusals is the
            // limit.
            kept = Math.min(rate, Math.max(kept, rate * (risen < SOON ? STEEP_DECREASE : DECREASE)));
            stretched = risen > SETTLED;
        }
        double stretch = stretched ? Math.max(1, RAMP_PER_PAUSE * pause / 1e9) : 1;
        RateRamp next = new RateRamp(Math.max(kept * RELIEF, MIN_RATE), Math.max(now + pause, taken), stretch);
        Mark mark = new Mark(now, acceptedAtRefusal);
        return new FoundRate(next, pausedUntil, Math.max(now, taken), acceptedAtRefusal, mark, mark);
    }

    /** Since the last decrease in its first seconds, later over the last five to ten seconds. */
    private double perSecond(long now) {
        return 1e9 * (acceptedAtRefusal - older.accepted()) / Math.max(1, now - older.nanos());
    }
}
