package dev.billingexport.report.table;

import com.ethlo.time.ITU;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The text of a time: local to the zone, in milliseconds, with its offset. */
public final class TimeText {

    private static final int LAST_YEAR_OF_FOUR_DIGITS = 9999;
    private static final int MINUTE = 60;

    /** For years of any length, and for offsets with seconds, which zones had in the nineteenth century. */
    private static final DateTimeFormatter ANY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXXXX", Locale.ROOT);

    private TimeText() {}

    public static String of(Instant time, ZoneId zone) {
        OffsetDateTime there = time.atZone(zone).toOffsetDateTime();
        // A faster formatter, for the common years and offsets only.
        return there.getYear() >= 0
                        && there.getYear() <= LAST_YEAR_OF_FOUR_DIGITS
                        && there.getOffset().getTotalSeconds() % MINUTE == 0
                ? ITU.format(there, 3)
                : ANY.format(there);
    }
}
