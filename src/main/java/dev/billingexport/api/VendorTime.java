package dev.billingexport.api;

import com.ethlo.time.DateTime;
import com.ethlo.time.Field;
import com.ethlo.time.ITU;
import com.ethlo.time.TimezoneOffset;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The forms in which the API writes a point in time: {@code YYYY-MM-DD HH:MM:SS}, with or without a fraction, a {@code T}
 * and a zone, UTC where there is none; or Unix time. Cut to milliseconds.
 */
final class VendorTime {

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,20}(\\.\\d{1,20})?");
    private static final Pattern ZERO = Pattern.compile("0000-00-00.*|-?0+(\\.0+)?");
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final int SECONDS_DIGITS = 10;
    private static final int MILLISECONDS_DIGITS = 13;
    private static final int DIGITS_OF_YEAR = 4;
    private static final int SHORTEST_DATE_TIME = "2026-10-01 09:00:00".length();

    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendValue(ChronoField.YEAR, DIGITS_OF_YEAR)
            .appendPattern("-MM-dd['T'][' ']HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern("[' '][XXX][XX][X]")
            .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT)
            .withZone(ZoneOffset.UTC);

    private VendorTime() {}

    /**
     * Reads a time.
     *
     * @return null for a database's zero, such as {@code 0000-00-00 00:00:00}
     * @throws DateTimeException where the text is none of the forms, or could mean two of them
     */
    static @Nullable Instant parse(String text) {
        Instant instant = internetTime(text);
        if (instant == null && !ZERO.matcher(text).matches()) {
            instant = NUMBER.matcher(text).matches()
                    ? ofUnixTime(new BigDecimal(text))
                    : DATE_TIME.parse(text, Instant::from);
        }
        return instant == null ? null : instant.truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * The forms that nearly all are of, in a twentieth of the time that {@link DateTimeFormatter} takes: reading dates would
     * be a tenth of a whole export's work. It reads nothing that {@link #DATE_TIME} would not, and gives the same.
     *
     * @return null where the text is of none of them
     */
    private static @Nullable Instant internetTime(String text) {
        if (text.length() < SHORTEST_DATE_TIME || text.charAt(DIGITS_OF_YEAR) != '-') {
            return null;
        }
        try {
            DateTime time = ITU.parseLenient(text);
            ZoneOffset offset =
                    time.getOffset().map(TimezoneOffset::toZoneOffset).orElse(ZoneOffset.UTC);
            return time.includesGranularity(Field.SECOND)
                    ? time.toLocalDatetime().toInstant(offset)
                    : null;
        } catch (DateTimeException another) {
            return null;
        }
    }

    /** Ten digits are seconds, thirteen milliseconds: both from 2001 to 2286. Fewer could be a date without its dashes. */
    private static Instant ofUnixTime(BigDecimal number) {
        int digits = number.precision() - number.scale();
        if (digits == SECONDS_DIGITS && number.signum() > 0) {
            return Instant.ofEpochMilli(number.multiply(THOUSAND).longValue());
        }
        if (digits == MILLISECONDS_DIGITS && number.signum() > 0) {
            return Instant.ofEpochMilli(number.longValue());
        }
        throw new DateTimeException("neither seconds nor milliseconds since 1970");
    }
}
