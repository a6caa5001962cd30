package dev.billingexport.report;

import dev.billingexport.session.AppType;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One row of a user's bill.
 *
 * @param appType null for the minimum, which is of all applications together
 * @param quantity minutes; null for the minimum
 * @param unitPrice of a minute; null for the minimum
 * @param amount with the currency's digits
 */
record Charge(
        String userId,
        @Nullable String userName,
        @Nullable AppType appType,
        Item item,
        @Nullable BigDecimal quantity,
        @Nullable BigDecimal unitPrice,
        BigDecimal amount,
        Currency currency) {

    enum Item {
        MINIMUM,
        PARTICIPANT_MINUTES,
        RECORDED_MINUTES;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
