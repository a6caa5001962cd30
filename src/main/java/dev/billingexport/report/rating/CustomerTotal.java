package dev.billingexport.report.rating;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The total of one customer in a period.
 *
 * @param plans the plans that it used
 * @param users number of its users with charges
 * @param usedSeconds as stated, of charged and included usage
 * @param chargedSeconds seconds with a price
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

    /** Returns the minutes as stated, rounded half-up to four decimals. */
    public BigDecimal usedMinutes() {
        return Charge.minutes(usedSeconds);
    }

    /** Returns the minutes with a price, rounded half-up to four decimals. */
    public BigDecimal chargedMinutes() {
        return Charge.minutes(chargedSeconds);
    }

    /** Returns the whole amount. */
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
