package dev.billingexport.session;

import java.time.Instant;

/**
 * A slice {@code [start, end)} of a period for one application: the unit of partitioning and of restart.
 *
 * @param start inclusive
 * @param end exclusive, after start
 */
public record Window(AppType appType, Instant start, Instant end) {

    /** A name that is unique in a run, sorts by time and is the same at every launch. */
    public String name() {
        return appType.code() + " " + start + " " + end;
    }

    /** Whether an instant lies in the half-open window. */
    public boolean contains(Instant instant) {
        return !instant.isBefore(start) && instant.isBefore(end);
    }
}
