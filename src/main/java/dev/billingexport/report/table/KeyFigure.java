package dev.billingexport.report.table;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A figure by application and in total.
 *
 * @param name {@code users}, {@code amount}, or the name of a usage column
 * @param currency of amounts; null for other figures
 * @param isDecimal whether its values normally have a fraction
 * @param values one for each application, then the total
 */
public record KeyFigure(
        String name, String label, @Nullable Currency currency, boolean isDecimal, List<BigDecimal> values) {

    public BigDecimal total() {
        return values.get(values.size() - 1);
    }
}
