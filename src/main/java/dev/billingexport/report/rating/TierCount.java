package dev.billingexport.report.rating;

import dev.billingexport.session.AppType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Assigns a customer's usage to tiers. Included minutes are the first ones of each item, in the order of the items.
 * Usage under an older price counts before usage under a newer one, and under the same price users count in the order
 * of their ids, so the order of the sessions doesn't matter.
 */
final class TierCount implements CustomerUse.Reader {

    /** More than the files show. */
    private static final int DECIMALS = 10;

    /** Receives the usage that falls into a tier. */
    interface Parts {

        /** @param tier null for included minutes */
        void put(Schedule schedule, String userId, AppType appType, @Nullable Tier tier, TimeUsed part);
    }

    private final Parts parts;
    private BigDecimal included;
    private BigDecimal position = BigDecimal.ZERO;

    /** @param includedSeconds of the customer */
    TierCount(BigDecimal includedSeconds, Parts parts) {
        this.included = includedSeconds;
        this.parts = parts;
    }

    @Override
    public void beginPool() {
        included = included.subtract(position).max(BigDecimal.ZERO);
        position = BigDecimal.ZERO;
    }

    @Override
    public void read(Schedule schedule, String userId, AppType appType, TimeUsed time) {
        BigDecimal end = position.add(time.counted());
        BigDecimal left = time.seconds();
        while (position.compareTo(end) < 0) {
            Tier tier = position.compareTo(included) < 0 ? null : schedule.tierAt(position);
            BigDecimal limit = tier == null ? included : Objects.requireNonNullElse(tier.end(), end);
            boolean isLast = limit.compareTo(end) >= 0;
            BigDecimal next = limit.min(end);
            BigDecimal counted = next.subtract(position);
            BigDecimal used = isLast
                    ? left
                    : time.seconds().multiply(counted).divide(time.counted(), DECIMALS, RoundingMode.HALF_UP);
            parts.put(schedule, userId, appType, tier, new TimeUsed(used, counted));
            left = left.subtract(used);
            position = next;
        }
    }
}
