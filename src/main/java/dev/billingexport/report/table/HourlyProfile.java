package dev.billingexport.report.table;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** The number of sessions by hour of the day and by weekday, in a time zone. */
final class HourlyProfile {

    static final int HOURS = 24;

    private final ZoneId zone;
    private final long[] hours = new long[HOURS];
    private final long[] weekdays = new long[DayOfWeek.values().length];

    HourlyProfile(ZoneId zone) {
        this.zone = zone;
    }

    void add(Instant date) {
        ZonedDateTime local = date.atZone(zone);
        hours[local.getHour()]++;
        weekdays[local.getDayOfWeek().ordinal()]++;
    }

    long atHour(int hour) {
        return hours[hour];
    }

    long on(DayOfWeek weekday) {
        return weekdays[weekday.ordinal()];
    }
}
