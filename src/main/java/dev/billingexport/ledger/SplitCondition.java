package dev.billingexport.ledger;

import dev.billingexport.session.Split;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Restricts a query to the sessions of a split. The query must call the table {@code session} {@code s}.
 *
 * @param split null for all sessions
 */
record SplitCondition(@Nullable Split split) {

    /** Returns SQL to append to another condition. */
    String sql() {
        if (split == null) {
            return "";
        }
        String column = "s." + split.by().code();
        return split.isOfNone() ? "AND (" + column + " IS NULL OR " + column + " = '')" : "AND " + column + " = :split";
    }

    /** Returns the column to sort by between {@code run_id} and the rest: the order of the split's index. */
    String order() {
        return split == null || split.isOfNone() ? "" : split.by().code() + ",";
    }

    Map<String, String> params() {
        return split == null || split.isOfNone() ? Map.of() : Map.of("split", split.value());
    }
}
