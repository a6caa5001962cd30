package dev.billingexport.session;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The billed days {@code [from, to)} in the export's time zone.
 *
 * @param from first day
 * @param to the day after the last one; later than {@code from}
 */
public record Period(LocalDate from, LocalDate to, ZoneId zone) {

    /** Checks that the period has at least one day. */
    public Period {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "The period from " + from + " to " + to + " is empty: the end is exclusive and must be later.");
        }
    }

    /** Returns a whole calendar month. */
    public static Period of(YearMonth month, ZoneId zone) {
        return new Period(month.atDay(1), month.plusMonths(1).atDay(1), zone);
    }

    /** Returns the first instant, inclusive. */
    public Instant start() {
        return from.atStartOfDay(zone).toInstant();
    }

    /** Returns the end, exclusive. */
    public Instant end() {
        return to.atStartOfDay(zone).toInstant();
    }

    /** Returns each day, in order. */
    public Stream<LocalDate> days() {
        return from.datesUntil(to);
    }

    /** Returns whether an instant lies in the period. */
    public boolean contains(Instant instant) {
        return !instant.isBefore(start()) && instant.isBefore(end());
    }

    /**
     * Returns {@code 2026-10} for a whole calendar month, else {@code 2026-10-01_2026-10-15} (the end is exclusive).
     */
    public String label() {
        YearMonth month = YearMonth.from(from);
        return equals(of(month, zone)) ? month.toString() : from + "_" + to;
    }

    /** Returns the day of an instant in the period's time zone. */
    public LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, zone);
    }

    /**
     * Divides the period into windows of one application, in order and without gaps. Windows begin at multiples of the
     * length since 1970-01-01T00:00Z, whatever the period's zone, so the first and the last may be shorter.
     *
     * @param length at least a second
     */
    public List<Window> windows(AppType appType, Duration length) {
        List<Window> windows = new ArrayList<>();
        for (Instant start = start(); start.isBefore(end()); ) {
            long slice = Math.floorDiv(start.getEpochSecond(), length.toSeconds());
            Instant cut = Instant.ofEpochSecond((slice + 1) * length.toSeconds());
            Instant end = cut.isBefore(end()) ? cut : end();
            windows.add(new Window(appType, start, end));
            start = end;
        }
        return windows;
    }
}
