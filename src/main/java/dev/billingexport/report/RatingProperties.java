package dev.billingexport.report;

import dev.billingexport.session.AppType;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.math.BigDecimal;
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
        @DefaultValue Map<AppType, @Valid Prices> prices,
        @DefaultValue("minute") @NotNull RoundUp roundUpTo,
        @DefaultValue("half-even") @NotNull AmountRounding amountRounding,
        @DefaultValue("0") @PositiveOrZero BigDecimal minimum) {

    /** Refuses currencies that have no amounts, such as gold. */
    public RatingProperties {
        if (currency != null && currency.getDefaultFractionDigits() < 0) {
            throw new IllegalArgumentException("No amounts can be written in the currency " + currency + ".");
        }
    }

    /** Prices of a minute. */
    public record Prices(
            @DefaultValue("0") @PositiveOrZero BigDecimal participantMinute,
            @DefaultValue("0") @PositiveOrZero BigDecimal recordedMinute) {

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

    Prices of(AppType appType) {
        return prices.getOrDefault(appType, Prices.FREE);
    }
}
