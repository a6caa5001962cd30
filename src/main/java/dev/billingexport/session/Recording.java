package dev.billingexport.session;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One recorded file of a session.
 *
 * @param file the file's full URL, as text
 * @param playTime seconds
 * @param stage sequence number within the session, from 1
 * @param fileSize bytes
 */
public record Recording(
        @Nullable String file,
        @Nullable BigDecimal playTime,
        @Nullable NumberOrText stage,
        @Nullable Instant startTime,
        @Nullable Instant endTime,
        @Nullable NumberOrText fileSize) {

    /** Returns the file's size in bytes for sums, null where it is missing or isn't a number. */
    public @Nullable BigDecimal bytes() {
        return fileSize == null ? null : fileSize.number();
    }

    /** Returns whether the stage or the size is a text instead of a number. */
    public boolean hasText() {
        return stage != null && stage.text() != null || fileSize != null && fileSize.text() != null;
    }

    /** Order within a session: {@code stage}, then every other field. Nulls come first. */
    public static final Comparator<Recording> ORDER = comparing(Recording::stage, nullsFirst(naturalOrder()))
            .thenComparing(Recording::file, nullsFirst(naturalOrder()))
            .thenComparing(Recording::startTime, nullsFirst(naturalOrder()))
            .thenComparing(Recording::endTime, nullsFirst(naturalOrder()))
            .thenComparing(Recording::playTime, nullsFirst(naturalOrder()))
            .thenComparing(Recording::fileSize, nullsFirst(naturalOrder()));
}
