package dev.billingexport.report.rating;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Money, each currency apart. Immutable.
 *
 * @param byCurrency in the order of the currencies' codes
 */
public record Amounts(SortedMap<Currency, BigDecimal> byCurrency) {

    /** Nothing in any currency. */
    public static final Amounts NONE = new Amounts(empty());

    private static SortedMap<Currency, BigDecimal> empty() {
        return new TreeMap<>(Comparator.comparing(Currency::getCurrencyCode));
    }

    /** An amount of one currency. */
    public static Amounts of(Currency currency, BigDecimal amount) {
        SortedMap<Currency, BigDecimal> amounts = empty();
        amounts.put(currency, amount);
        return new Amounts(amounts);
    }

    /** The sum of both. */
    public Amounts plus(Amounts other) {
        SortedMap<Currency, BigDecimal> sum = empty();
        sum.putAll(byCurrency);
        other.byCurrency.forEach((currency, amount) -> sum.merge(currency, amount, BigDecimal::add));
        return new Amounts(Collections.unmodifiableSortedMap(sum));
    }

    /** The currencies in which there is anything, be it zero. */
    public Set<Currency> currencies() {
        return byCurrency.keySet();
    }

    /** What there is of a currency, with its digits. */
    public BigDecimal in(Currency currency) {
        return byCurrency.getOrDefault(currency, BigDecimal.ZERO).setScale(currency.getDefaultFractionDigits());
    }
}
