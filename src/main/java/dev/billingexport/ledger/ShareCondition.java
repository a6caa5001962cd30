package dev.billingexport.ledger;

import dev.billingexport.session.Share;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Restricts a query to the sessions of a split. The query must call the table {@code session} {@code s}.
 *
 * @param share null for all sessions
 */
record ShareCondition(@Nullable Share share) {

    /** Returns SQL to append to another condition. */
    String sql() {
        if (share == null) {
            return "";
        }
        String column = "s." + share.by().code();
        return share.isOfNone() ? "AND (" + column + " IS NULL OR " + column + " = '')" : "AND " + column + " = :share";
    }

    /** Returns the column to sort by between {@code run_id} and the rest: the order of the split's index. */
    String order() {
        return share == null || share.isOfNone() ? "" : share.by().code() + ",";
    }

    Map<String, String> params() {
        return share == null || share.isOfNone() ? Map.of() : Map.of("share", share.value());
    }
}
