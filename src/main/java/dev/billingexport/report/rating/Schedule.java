package dev.billingexport.report.rating;

import dev.billingexport.session.AppType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The price of one item from a day on.
 *
 * @param appType null for every application without a price of its own
 * @param validFrom first day of usage; {@link LocalDate#MIN} where it has no start
 * @param tiers in order, the last one without an end
 */
record Schedule(
        String plan, Item item, @Nullable AppType appType, LocalDate validFrom, Increment increment, List<Tier> tiers) {

    /** Returns the tier of the next second, after a number of used seconds. */
    Tier tierAt(BigDecimal seconds) {
        for (Tier tier : tiers) {
            if (tier.end() == null || seconds.compareTo(tier.end()) < 0) {
                return tier;
            }
        }
        throw new IllegalStateException("The last tier of " + this + " has an end.");
    }

    /** Returns a price without tiers. */
    static Schedule flat(String plan, Item item, AppType appType, Increment increment, BigDecimal price) {
        return new Schedule(plan, item, appType, LocalDate.MIN, increment, List.of(new Tier(1, null, price, 0)));
    }
}
