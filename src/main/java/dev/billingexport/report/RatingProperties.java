package dev.billingexport.report;

import dev.billingexport.session.AppType;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Currency;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What usage costs, {@code export.rating}.
 *
 * @param currency of all prices and amounts; null turns rating off
 * @param prices by application; one that is missing is free
 * @param roundUpTo what each call detail's and each recording's time is rounded up to, before it is summed
 * @param amountRounding how a charge is rounded to the currency's digits
 * @param minimum least that a user with any usage is charged, all applications together
 */
public record RatingProperties(
        @Nullable Currency currency,
        @DefaultValue Map<AppType, Prices> prices,
        @DefaultValue("minute") RoundUp roundUpTo,
        @DefaultValue("half-even") AmountRounding amountRounding,
        @DefaultValue("0") BigDecimal minimum) {

    /**
     * Checks every value; currencies that have no amounts, such as gold, are refused, and so are amounts without a
     * currency.
     *
     * @throws IllegalArgumentException with one line that names the property and what it takes
     */
    public RatingProperties {
        Setting.require(
                currency == null || currency.getDefaultFractionDigits() >= 0,
                "rating.currency",
                "is " + currency + ": it must be one that amounts are written in, such as EUR.");
        requireAmount(minimum, "minimum");
        prices.forEach((appType, price) -> {
            requireAmount(price.participantMinute, "prices." + appType.code() + ".participant-minute");
            requireAmount(price.recordedMinute, "prices." + appType.code() + ".recorded-minute");
        });
        Setting.require(
                currency != null || prices.isEmpty() && minimum.signum() == 0,
                "rating.currency",
                "is missing: there are prices, and without a currency nobody would be charged them. Name it, such as EUR,"
                        + " or take the prices out.");
    }

    private static void requireAmount(BigDecimal amount, String property) {
        Setting.require(amount.signum() >= 0, "rating." + property, "must not be negative.");
    }

    /** Prices of a minute. */
    public record Prices(
            @DefaultValue("0") BigDecimal participantMinute,
            @DefaultValue("0") BigDecimal recordedMinute) {

        private boolean isFree() {
            return participantMinute.signum() == 0 && recordedMinute.signum() == 0;
        }

        static final Prices FREE = new Prices(BigDecimal.ZERO, BigDecimal.ZERO);
    }

    /** What a time is rounded up to. */
    public enum RoundUp {
        MINUTE,
        SECOND,
        NONE
    }

    /** How half a cent is rounded. */
    public enum AmountRounding {
        HALF_EVEN,
        HALF_UP
    }

    /**
     * Whether sessions of these applications can cost anything, where anything is rated at all.
     *
     * @param appTypes those that are collected
     */
    public boolean isWorthwhile(Collection<AppType> appTypes) {
        return currency == null
                || minimum.signum() > 0
                || appTypes.stream().map(this::of).anyMatch(price -> !price.isFree());
    }

    Prices of(AppType appType) {
        return prices.getOrDefault(appType, Prices.FREE);
    }
}
