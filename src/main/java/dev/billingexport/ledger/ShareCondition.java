package dev.billingexport.ledger;

import dev.billingexport.session.Share;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What narrows a query to the sessions of a share. The table {@code session} must be called {@code s} in it.
 *
 * @param share null for all sessions
 */
record ShareCondition(@Nullable Share share) {

    /** To be put behind another condition. */
    String sql() {
        if (share == null) {
            return "";
        }
        String column = "s." + share.by().code();
        return share.isOfNone() ? "AND (" + column + " IS NULL OR " + column + " = '')" : "AND " + column + " = :share";
    }

    /** To be put between {@code run_id} and what it is sorted by: the order of the share's own index. */
    String order() {
        return share == null || share.isOfNone() ? "" : share.by().code() + ",";
    }

    Map<String, String> params() {
        return share == null || share.isOfNone() ? Map.of() : Map.of("share", share.value());
    }
}
