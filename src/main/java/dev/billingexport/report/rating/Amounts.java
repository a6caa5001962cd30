package dev.billingexport.report.rating;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Amounts of money by currency. Immutable.
 *
 * @param byCurrency sorted by the currencies' codes
 */
public record Amounts(SortedMap<Currency, BigDecimal> byCurrency) {

    /** No amount in any currency. */
    public static final Amounts NONE = new Amounts(empty());

    private static SortedMap<Currency, BigDecimal> empty() {
        return new TreeMap<>(Comparator.comparing(Currency::getCurrencyCode));
    }

    /** Returns an amount in one currency. */
    public static Amounts of(Currency currency, BigDecimal amount) {
        SortedMap<Currency, BigDecimal> amounts = empty();
        amounts.put(currency, amount);
        return new Amounts(amounts);
    }

    /** Returns the sum of both. */
    public Amounts plus(Amounts other) {
        SortedMap<Currency, BigDecimal> sum = empty();
        sum.putAll(byCurrency);
        other.byCurrency.forEach((currency, amount) -> sum.merge(currency, amount, BigDecimal::add));
        return new Amounts(Collections.unmodifiableSortedMap(sum));
    }

    /** Returns the currencies that have an amount, zero included. */
    public Set<Currency> currencies() {
        return byCurrency.keySet();
    }

    /** Returns the amount in a currency, with the currency's digits. */
    public BigDecimal in(Currency currency) {
        return byCurrency.getOrDefault(currency, BigDecimal.ZERO).setScale(currency.getDefaultFractionDigits());
    }
}
