package dev.billingexport.testing;

import dev.billingexport.sample.Route;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How a {@link FakeApi} behaves where the vendor's documentation is silent, and what goes wrong. Immutable.
 *
 * @param latency how long every answer takes
 * @param maxPageLength cap of {@code page_length}, silently applied
 * @param fromInclusive whether {@code from_session_date} itself is listed
 * @param toInclusive whether {@code to_session_date} itself is listed
 * @param filterIgnored whether both dates are ignored, as a misconfigured proxy does
 * @param scrambled whether rows come in no particular order, whatever {@code order_by} asks; always the same one for
 *     the same filter
 * @param repeatedRows how many rows of a page are listed once more by the next one; less than a page
 * @param resultAsText whether {@code result} is {@code "1"} in every answer
 * @param limit what is beyond it is answered with 429; null for no limit
 */
public record Behaviour(
        Duration latency,
        int maxPageLength,
        boolean fromInclusive,
        boolean toInclusive,
        boolean filterIgnored,
        boolean scrambled,
        int repeatedRows,
        boolean resultAsText,
        RateLimit limit,
        Faults faults) {

    /** What the documentation says, without latency and faults. */
    public static final Behaviour DOCUMENTED =
            new Behaviour(Duration.ZERO, 100, true, true, false, false, 0, false, null, Faults.NONE);

    /**
     * What the documentation doesn't rule out: pages of 40 at most in no particular order, rows that are repeated, an
     * exclusive end, {@code result} as text.
     */
    public static final Behaviour AWKWARD = DOCUMENTED
            .with()
            .maxPageLength(40)
            .toInclusive(false)
            .scrambled(true)
            .repeatedRows(3)
            .resultAsText(true)
            .build();

    /** Checks what has a lower bound. */
    public Behaviour {
        if (maxPageLength < 1 || repeatedRows < 0 || latency.isNegative()) {
            throw new IllegalArgumentException("A page holds a row at least; rows and latency aren't negative.");
        }
    }

    /** A builder that starts from this behaviour. */
    public Builder with() {
        return new Builder(this);
    }

    /** Changes a behaviour step by step. Not thread-safe. */
    public static final class Builder {

        private Duration latency;
        private int maxPageLength;
        private boolean fromInclusive;
        private boolean toInclusive;
        private boolean filterIgnored;
        private boolean scrambled;
        private int repeatedRows;
        private boolean resultAsText;
        private RateLimit limit;
        private long seed;
        private final Map<Fault, Double> shares;
        private int faultsInARow;
        private Duration retryAfter;
        private final Map<Faults.Detail, Fault> broken;

        private Builder(Behaviour from) {
            latency = from.latency;
            maxPageLength = from.maxPageLength;
            fromInclusive = from.fromInclusive;
            toInclusive = from.toInclusive;
            filterIgnored = from.filterIgnored;
            scrambled = from.scrambled;
            repeatedRows = from.repeatedRows;
            resultAsText = from.resultAsText;
            limit = from.limit;
            seed = from.faults.seed();
            shares = new HashMap<>(from.faults.shares());
            faultsInARow = from.faults.inARow();
            retryAfter = from.faults.retryAfter();
            broken = new HashMap<>(from.faults.broken());
        }

        /** How long every answer takes. */
        public Builder latency(Duration latency) {
            this.latency = latency;
            return this;
        }

        /** Cap of {@code page_length}. */
        public Builder maxPageLength(int maxPageLength) {
            this.maxPageLength = maxPageLength;
            return this;
        }

        /** Whether {@code from_session_date} itself is listed. */
        public Builder fromInclusive(boolean fromInclusive) {
            this.fromInclusive = fromInclusive;
            return this;
        }

        /** Whether {@code to_session_date} itself is listed. */
        public Builder toInclusive(boolean toInclusive) {
            this.toInclusive = toInclusive;
            return this;
        }

        /** Whether both dates are ignored. */
        public Builder filterIgnored(boolean filterIgnored) {
            this.filterIgnored = filterIgnored;
            return this;
        }

        /** Whether rows come in no particular order. */
        public Builder scrambled(boolean scrambled) {
            this.scrambled = scrambled;
            return this;
        }

        /** How many rows of a page the next one repeats. */
        public Builder repeatedRows(int repeatedRows) {
            this.repeatedRows = repeatedRows;
            return this;
        }

        /** Whether {@code result} is text in every answer. */
        public Builder resultAsText(boolean resultAsText) {
            this.resultAsText = resultAsText;
            return this;
        }

        /** How many requests are accepted; null for all of them. */
        public Builder limit(RateLimit limit) {
            this.limit = limit;
            return this;
        }

        /** The seed of the faults' shares. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /** Lets a share of all requests, between 0 and 1, meet a fault. */
        public Builder fault(Fault fault, double share) {
            shares.put(fault, share);
            return this;
        }

        /** Most faults that one request meets in a row. */
        public Builder faultsInARow(int faultsInARow) {
            this.faultsInARow = faultsInARow;
            return this;
        }

        /** What a 429 asks to wait, in whole seconds. */
        public Builder retryAfter(Duration retryAfter) {
            this.retryAfter = retryAfter;
            return this;
        }

        /** Breaks the call details or recordings of one session for good. */
        public Builder broken(Route route, String sessionId, Fault fault) {
            broken.put(new Faults.Detail(route, sessionId), fault);
            return this;
        }

        /** The behaviour as it was described. */
        public Behaviour build() {
            return new Behaviour(
                    latency,
                    maxPageLength,
                    fromInclusive,
                    toInclusive,
                    filterIgnored,
                    scrambled,
                    repeatedRows,
                    resultAsText,
                    limit,
                    new Faults(seed, shares, faultsInARow, retryAfter, broken));
        }
    }
}
