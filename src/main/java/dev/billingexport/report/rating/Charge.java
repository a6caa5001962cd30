package dev.billingexport.report.rating;

import dev.billingexport.session.AppType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * One row of a bill.
 *
 * @param customer empty for sessions without a user, where each user is a customer
 * @param plan null for the minimum, which covers all plans
 * @param userId empty for sessions without a user; null for the minimum of a customer with several users
 * @param appType null for the minimum, which covers all applications
 * @param tier its number, or {@link #INCLUDED}; null for the minimum
 * @param line line of the price list with the price; 0 where there is no list, null where no price applies
 * @param usedSeconds as stated; null for the minimum
 * @param countedSeconds seconds after rounding each use up; null for the minimum
 * @param unitPrice of a minute; null for the minimum
 * @param amount with the currency's digits
 */
public record Charge(
        String customer,
        @Nullable String plan,
        @Nullable String userId,
        @Nullable AppType appType,
        Item item,
        @Nullable String tier,
        @Nullable Integer line,
        @Nullable BigDecimal usedSeconds,
        @Nullable BigDecimal countedSeconds,
        @Nullable BigDecimal unitPrice,
        BigDecimal amount,
        Currency currency) {

    /** Name of included minutes, in place of a tier. */
    public static final String INCLUDED = "included";

    private static final BigDecimal SECONDS_OF_MINUTE = BigDecimal.valueOf(60);
    private static final int DECIMALS = 4;

    /** Returns the minutes as stated, rounded half-up to four decimals. */
    public @Nullable BigDecimal usedMinutes() {
        return usedSeconds == null ? null : minutes(usedSeconds);
    }

    /** Returns the seconds that the price is multiplied with, zero for included ones; null for the minimum. */
    public @Nullable BigDecimal chargedSeconds() {
        return INCLUDED.equals(tier) ? BigDecimal.ZERO : countedSeconds;
    }

    /** Returns the minutes that the price is multiplied with, rounded half-up to four decimals. */
    public @Nullable BigDecimal chargedMinutes() {
        BigDecimal charged = chargedSeconds();
        return charged == null ? null : minutes(charged);
    }

    static Charge minimum(String customer, @Nullable String userId, BigDecimal amount, Currency currency) {
        return new Charge(customer, null, userId, null, Item.MINIMUM, null, null, null, null, null, amount, currency);
    }

    /** Converts seconds to minutes, rounded half-up to four decimals. */
    public static BigDecimal minutes(BigDecimal seconds) {
        return seconds.divide(SECONDS_OF_MINUTE, DECIMALS, RoundingMode.HALF_UP);
    }
}
