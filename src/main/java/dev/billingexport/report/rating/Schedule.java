package dev.billingexport.report.rating;

import dev.billingexport.session.AppType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The price of one item from a day on.
 *
 * @param appType null where it is for every application that has no price of its own
 * @param validFrom the first day of use that it holds for; {@link LocalDate#MIN} where it always held
 * @param tiers in order, the last one without an end
 */
record Schedule(
        String plan, Item item, @Nullable AppType appType, LocalDate validFrom, Increment increment, List<Tier> tiers) {

    /** The tier that holds what is used next, after so many seconds. */
    Tier tierAt(BigDecimal seconds) {
        for (Tier tier : tiers) {
            if (tier.end() == null || seconds.compareTo(tier.end()) < 0) {
                return tier;
            }
        }
        throw new IllegalStateException("The last tier of " + this + " has an end.");
    }

    /** A price that is the same however much is used. */
    static Schedule flat(String plan, Item item, AppType appType, Increment increment, BigDecimal price) {
        return new Schedule(plan, item, appType, LocalDate.MIN, increment, List.of(new Tier(1, null, price, 0)));
    }
}
