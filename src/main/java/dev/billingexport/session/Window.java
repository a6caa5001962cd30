package dev.billingexport.session;

import java.time.Instant;

/**
 * A slice {@code [start, end)} of a period for one application: the unit of partitioning and of restart.
 *
 * @param start inclusive
 * @param end exclusive, after start
 */
public record Window(AppType appType, Instant start, Instant end) {

    /** Returns a name that is unique within a run and stable across launches. {@link #parse} reads it. */
    public String name() {
        return appType.code() + " " + start + " " + end;
    }

    /** Returns the window with a {@link #name}. */
    public static Window parse(String name) {
        String[] parts = name.split(" ");
        return new Window(AppType.ofCode(parts[0]).orElseThrow(), Instant.parse(parts[1]), Instant.parse(parts[2]));
    }

    /** Returns whether an instant lies in the window. */
    public boolean contains(Instant instant) {
        return !instant.isBefore(start) && instant.isBefore(end);
    }
}
