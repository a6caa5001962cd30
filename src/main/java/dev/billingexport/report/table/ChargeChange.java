package dev.billingexport.report.table;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Charges of one payer in one currency, in an earlier and in a later revision.
 *
 * @param customer null where the charges of users are compared
 * @param userId empty for sessions without a user; null where the charges of customers are compared
 * @param currency its ISO 4217 code
 */
public record ChargeChange(
        @Nullable String customer, @Nullable String userId, String currency, BigDecimal before, BigDecimal after) {

    /** Returns the later minus the earlier amount. */
    public BigDecimal difference() {
        return after.subtract(before);
    }

    public ChargeChange plus(BigDecimal moreBefore, BigDecimal moreAfter) {
        return new ChargeChange(customer, userId, currency, before.add(moreBefore), after.add(moreAfter));
    }
}
