package dev.billingexport.report.table;

import com.ethlo.time.ITU;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How a time is written wherever it is text: as it is in the zone, to the millisecond, with its offset. */
public final class TimeText {

    private static final int LAST_YEAR_OF_FOUR_DIGITS = 9999;
    private static final int MINUTE = 60;

    /** Years of any length, and offsets with seconds too, which zones had in the nineteenth century. */
    private static final DateTimeFormatter ANY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXXXX", Locale.ROOT);

    private TimeText() {}

    public static String of(Instant time, ZoneId zone) {
        OffsetDateTime there = time.atZone(zone).toOffsetDateTime();
        // A fraction of the work; it gets all others wrong.
        return there.getYear() >= 0
                        && there.getYear() <= LAST_YEAR_OF_FOUR_DIGITS
                        && there.getOffset().getTotalSeconds() % MINUTE == 0
                ? ITU.format(there, 3)
                : ANY.format(there);
    }
}
