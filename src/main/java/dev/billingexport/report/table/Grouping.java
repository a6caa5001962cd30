package dev.billingexport.report.table;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.function.Function;

/**
 * Groups a table's rows, with a subtotal below each group and a total for each currency. Rows must come group by group,
 * and a group's rows have one currency.
 *
 * @param column the column that is added up
 * @param keys values that a group's rows share, outer groups first
 */
public record Grouping<T>(
        String column,
        List<Function<T, String>> keys,
        Function<T, BigDecimal> amount,
        Function<T, Currency> currency) {}
