package dev.billingexport.report.rating;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Period;
import java.util.Collection;
import java.util.List;

/**
 * Checks that a price list has the prices that a period needs. An item that a plan doesn't name is free; one that it
 * names must have a price on each day.
 */
record PlanCoverage(PriceList prices, Period period, Collection<AppType> appTypes, ListFaults faults) {

    private static final List<Item> PRICED =
            List.of(Item.PARTICIPANT_MINUTES, Item.RECORDED_MINUTES, Item.SESSION_MINUTES);

    void check(String plan) {
        boolean any = false;
        for (Item item : PRICED) {
            for (AppType appType : appTypes) {
                Schedule first = prices.first(plan, item, appType).orElse(null);
                if (first != null) {
                    any = true;
                    check(plan, item, appType, first);
                }
            }
        }
        if (!any) {
            faults.add(
                    0,
                    "Plan " + plan + " has no price for any application that is collected: "
                            + appTypes.stream().map(AppType::code).toList() + ".");
        }
    }

    /** A price is valid until a newer one is, so only the first days can lack one. */
    private void check(String plan, Item item, AppType appType, Schedule first) {
        if (prices.on(period.from(), plan, item, appType).isEmpty()) {
            faults.add(
                    first.tiers().get(0).line(),
                    ("is the first price of %s (%s) of plan %s, and holds from %s: there is none for the days from %s on."
                                    + " Add a row for these days, with the price 0 if they are free.")
                            .formatted(item.code(), appType.code(), plan, first.validFrom(), period.from()));
        }
    }
}
