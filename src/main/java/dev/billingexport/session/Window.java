package dev.billingexport.session;

import java.time.Instant;

/**
 * A slice {@code [start, end)} of a period for one application: the unit of partitioning and of restart.
 *
 * @param start inclusive
 * @param end exclusive, after start
 */
public record Window(AppType appType, Instant start, Instant end) {

    /** A name that is unique in a run and the same at every launch; {@link #parse} reads it back. */
    public String name() {
        return appType.code() + " " + start + " " + end;
    }

    /** The window of a {@link #name}. */
    public static Window parse(String name) {
        String[] parts = name.split(" ");
        return new Window(AppType.ofCode(parts[0]).orElseThrow(), Instant.parse(parts[1]), Instant.parse(parts[2]));
    }

    /** Whether an instant lies in the half-open window. */
    public boolean contains(Instant instant) {
        return !instant.isBefore(start) && instant.isBefore(end);
    }
}
