package dev.billingexport.report.table;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.function.Function;

/**
 * How a table's rows are grouped, each group with a subtotal below it, and all of them with a total for each currency.
 * The rows come group by group, and a group's rows have one currency.
 *
 * @param column the one that is added up
 * @param keys what a group's rows have in common, the outer groups first
 */
public record Grouping<T>(
        String column,
        List<Function<T, String>> keys,
        Function<T, BigDecimal> amount,
        Function<T, Currency> currency) {}
