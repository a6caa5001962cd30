package dev.billingexport.report.table;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A session that is not what it was in an earlier revision.
 *
 * @param userId of the later revision, like {@code appType} and {@code transDate}; of the earlier one where it was removed
 * @param fields the columns of {@code sessions.csv} that differ, where it was changed; {@code call_details} and
 *     {@code recordings} are among them where any of its rows in those files differs, even if their number does not
 * @param sessionMinutesBefore null where there was no such session, or where it stated none
 * @param number the session's place among the later revision's sessions, from 1; 0 where it has none
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

    /** What happened to a session. */
    public enum Change {
        ADDED,
        REMOVED,
        CHANGED;

        /** A count of each, all of them zero. */
        public static SortedMap<Change, Long> none() {
            SortedMap<Change, Long> counts = new TreeMap<>();
            for (Change change : values()) {
                counts.put(change, 0L);
            }
            return counts;
        }

        /** The change of a {@link #code}. */
        public static Change ofCode(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }

        /** As in the {@code change} column. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
