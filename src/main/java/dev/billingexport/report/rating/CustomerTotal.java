package dev.billingexport.report.rating;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one customer is charged in a period.
 *
 * @param plans those that it used
 * @param users how many of its users are charged for anything
 * @param usedSeconds as stated, of what is charged or included
 * @param chargedSeconds those that have a price
 * @param amount without what the minimum adds
 * @param minimum what the minimum adds; zero where it adds nothing
 */
public record CustomerTotal(
        String customer,
        SortedSet<String> plans,
        long users,
        BigDecimal usedSeconds,
        BigDecimal chargedSeconds,
        BigDecimal amount,
        BigDecimal minimum,
        Currency currency) {

    /** Minutes as stated, half-up to four decimals. */
    public BigDecimal usedMinutes() {
        return Charge.minutes(usedSeconds);
    }

    /** Minutes that have a price, half-up to four decimals. */
    public BigDecimal chargedMinutes() {
        return Charge.minutes(chargedSeconds);
    }

    /** All that the customer is charged. */
    public BigDecimal total() {
        return amount.add(minimum);
    }

    static CustomerTotal of(String customer, Terms terms, Iterable<Charge> charges) {
        SortedSet<String> plans = new TreeSet<>();
        SortedSet<String> users = new TreeSet<>();
        BigDecimal used = BigDecimal.ZERO;
        BigDecimal charged = BigDecimal.ZERO;
        BigDecimal amount = BigDecimal.ZERO.setScale(terms.currency().getDefaultFractionDigits());
        BigDecimal minimum = amount;
        for (Charge charge : charges) {
            if (charge.item() == Item.MINIMUM) {
                minimum = minimum.add(charge.amount());
            } else {
                plans.add(String.valueOf(charge.plan()));
                users.add(String.valueOf(charge.userId()));
                used = used.add(orZero(charge.usedSeconds()));
                charged = charged.add(orZero(charge.chargedSeconds()));
                amount = amount.add(charge.amount());
            }
        }
        return new CustomerTotal(customer, plans, users.size(), used, charged, amount, minimum, terms.currency());
    }

    private static BigDecimal orZero(@Nullable BigDecimal seconds) {
        return seconds == null ? BigDecimal.ZERO : seconds;
    }
}
