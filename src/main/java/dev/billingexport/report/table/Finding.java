package dev.billingexport.report.table;

import dev.billingexport.session.Session;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An inconsistency of one session.
 *
 * @param number the session's position in the period, from 1
 * @param connected minutes from connect to disconnect, to three decimals; null where one of them is missing
 * @param callDetails sum of its call details' minutes, exact
 * @param span minutes from the first connect to the last disconnect of its call details, to three decimals; null where
 *     unknown
 * @param times times that contradict the session, the worst one; null where there are none
 * @param weight minutes by which it violates the rule, for sorting findings of the same kind
 */
record Finding(
        Kind kind,
        long number,
        Session session,
        @Nullable BigDecimal connected,
        BigDecimal callDetails,
        @Nullable BigDecimal span,
        @Nullable Span times,
        BigDecimal weight) {

    /** Kinds, the worst first: contradictions, then what can't be checked, then what may only be early. */
    public enum Kind {
        IMPOSSIBLE_TIMES,
        NEGATIVE_FIGURES,
        DUPLICATE_CALL_DETAIL,
        STATED_DIFFERS,
        CALL_DETAIL_OUTSIDE,
        NO_CALL_DETAILS,
        NOT_ENDED,
        ENDS_AFTER_PERIOD;

        /** Returns the value of the {@code finding} column. */
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A total order, because a session has each kind at most once. */
    static final Comparator<Finding> WORST_FIRST = Comparator.comparing(Finding::kind)
            .thenComparing(Finding::weight, Comparator.reverseOrder())
            .thenComparing(Finding::number);
}
