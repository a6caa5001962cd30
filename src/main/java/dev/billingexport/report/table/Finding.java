package dev.billingexport.report.table;

import dev.billingexport.session.Session;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something about one session that does not add up.
 *
 * @param number the session's place among the period's sessions, from 1
 * @param connected minutes from connect to disconnect, to three decimals; null where one of them is missing
 * @param callDetails minutes of all its call details, exact
 * @param span minutes from the first connect to the last disconnect of its call details, to three decimals; or null
 * @param times that speak against the session, the furthest off; null where none do
 * @param weight minutes by which it goes against the rule, to compare it with others of its kind
 */
public record Finding(
        Kind kind,
        long number,
        Session session,
        @Nullable BigDecimal connected,
        BigDecimal callDetails,
        @Nullable BigDecimal span,
        @Nullable Span times,
        BigDecimal weight) {

    /** From the worst: what contradicts itself, what can't be checked, what is only early. */
    public enum Kind {
        IMPOSSIBLE_TIMES,
        NEGATIVE_FIGURES,
        DUPLICATE_CALL_DETAIL,
        STATED_DIFFERS,
        CALL_DETAIL_OUTSIDE,
        NO_CALL_DETAILS,
        NOT_ENDED,
        ENDS_AFTER_PERIOD;

        /** As in the {@code finding} column. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A total order, for a session has each kind once at most. */
    static final Comparator<Finding> WORST_FIRST = Comparator.comparing(Finding::kind)
            .thenComparing(Finding::weight, Comparator.reverseOrder())
            .thenComparing(Finding::number);
}
