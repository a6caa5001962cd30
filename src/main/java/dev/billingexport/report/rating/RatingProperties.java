package dev.billingexport.report.rating;

import dev.billingexport.session.AppType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Currency;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Prices of usage: {@code export.rating}.
 *
 * @param currency currency of all prices and amounts; with a list of customers, of those that name none; null without a
 *     price list turns rating off
 * @param prices by application; a missing application is free
 * @param roundUpTo what each call detail's and each recording's time is rounded up to before it is summed
 * @param amountRounding how a charge is rounded to the currency's digits
 * @param minimum least amount for a user, or for a customer that names no minimum, with any usage, all applications
 *     together
 * @param priceList list of prices in place of the flat ones
 * @param customers list of users and their customers; null where each user pays for itself
 */
public record RatingProperties(
        @Nullable Currency currency,
        @DefaultValue Map<AppType, Prices> prices,
        @DefaultValue("minute") RoundUp roundUpTo,
        @DefaultValue("half-even") AmountRounding amountRounding,
        @DefaultValue("0") BigDecimal minimum,
        @Nullable Path priceList,
        @Nullable Path customers) {

    /**
     * Checks every value. Refuses currencies without amounts, such as gold, and amounts without a currency. The files
     * are read later, when the period is known.
     *
     * @throws IllegalArgumentException if a value is invalid; the message is one line that names the property and what
     *     it takes
     */
    public RatingProperties {
        require(
                currency == null || currency.getDefaultFractionDigits() >= 0,
                "currency is " + currency + ": it must be a currency that amounts can be written in, such as EUR.");
        requireAmount(minimum, "minimum");
        prices.forEach((appType, price) -> {
            requireAmount(price.participantMinute, "prices." + appType.code() + ".participant-minute");
            requireAmount(price.recordedMinute, "prices." + appType.code() + ".recorded-minute");
        });
        require(
                prices.isEmpty() || priceList == null,
                "prices and export.rating.price-list are both set: the list replaces the prices, so keep one of them.");
        require(
                customers == null || priceList != null,
                "customers names plans, but export.rating.price-list is not set.");
        require(
                currency != null
                        || (priceList == null || customers != null) && prices.isEmpty() && minimum.signum() == 0,
                "currency is missing: there are prices, but nothing is charged without a currency. Set it,"
                        + " such as EUR, or remove the prices.");
    }

    private static void require(boolean valid, String complaint) {
        if (!valid) {
            throw new IllegalArgumentException("export.rating." + complaint);
        }
    }

    private static void requireAmount(BigDecimal amount, String property) {
        require(amount.signum() >= 0, property + " must not be negative.");
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

    /** Unit that a time is rounded up to. */
    public enum RoundUp {
        MINUTE(Increment.MINUTE),
        SECOND(Increment.SECOND),
        NONE(Increment.NONE);

        private final Increment increment;

        RoundUp(Increment increment) {
            this.increment = increment;
        }

        Increment increment() {
            return increment;
        }
    }

    /** Rounding of half a unit. */
    public enum AmountRounding {
        HALF_EVEN(RoundingMode.HALF_EVEN),
        HALF_UP(RoundingMode.HALF_UP);

        private final RoundingMode mode;

        AmountRounding(RoundingMode mode) {
            this.mode = mode;
        }

        /** Returns Java's rounding mode of that name. */
        public RoundingMode mode() {
            return mode;
        }
    }

    /**
     * Returns whether sessions of these applications can cost anything, where rating is on.
     *
     * @param appTypes the collected applications
     */
    public boolean isWorthwhile(Collection<AppType> appTypes) {
        return currency == null
                || priceList != null
                || minimum.signum() > 0
                || appTypes.stream().map(this::of).anyMatch(price -> !price.isFree());
    }

    /** Returns the flat prices of an application. */
    public Prices of(AppType appType) {
        return prices.getOrDefault(appType, Prices.FREE);
    }

    RatingProperties withoutMinimum() {
        return new RatingProperties(currency, prices, roundUpTo, amountRounding, BigDecimal.ZERO, priceList, customers);
    }

    /** Rounds to the currency's digits. */
    BigDecimal rounded(BigDecimal amount, Currency ofAmount) {
        return amount.setScale(ofAmount.getDefaultFractionDigits(), amountRounding.mode());
    }
}
