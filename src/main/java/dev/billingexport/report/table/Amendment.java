package dev.billingexport.report.table;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A session that differs from an earlier revision.
 *
 * @param userId of the later revision, like {@code appType} and {@code transDate}; of the earlier one if it was removed
 * @param fields the differing columns of {@code sessions.csv} if it was changed. {@code call_details} and {@code
 *     recordings} are among them if any of its rows in those files differs, even if their number doesn't
 * @param sessionMinutesBefore null where the earlier revision has no such session or no duration for it
 * @param number the session's position in the later revision, from 1; 0 where it isn't there
 */
public record Amendment(
        String sessionId,
        @Nullable String userId,
        @Nullable String appType,
        @Nullable Instant transDate,
        Change change,
        List<String> fields,
        @Nullable BigDecimal sessionMinutesBefore,
        @Nullable BigDecimal sessionMinutesAfter,
        @Nullable BigDecimal callDetailMinutesBefore,
        @Nullable BigDecimal callDetailMinutesAfter,
        long number) {

    /** Kinds of change between two revisions. */
    public enum Change {
        ADDED,
        REMOVED,
        CHANGED;

        /** Returns a count of zero for each kind. */
        public static SortedMap<Change, Long> none() {
            SortedMap<Change, Long> counts = new TreeMap<>();
            for (Change change : values()) {
                counts.put(change, 0L);
            }
            return counts;
        }

        /** Returns the change with a {@link #code}. */
        public static Change ofCode(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }

        /** Returns the value of the {@code change} column. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
