package dev.billingexport.cli;

import java.math.BigDecimal;

/** Formats amounts and differences for a terminal. */
final class MoneyText {

    private MoneyText() {}

    /** Returns {@code EUR 12.00 -> 14.00 (+2.00)}. */
    static String change(String currency, BigDecimal before, BigDecimal after) {
        return "%s %s -> %s (%s)"
                .formatted(
                        Errors.oneLine(currency),
                        before.toPlainString(),
                        after.toPlainString(),
                        signed(after.subtract(before)));
    }

    /** Returns a number with its sign, also where it is positive. */
    static String signed(BigDecimal difference) {
        return (difference.signum() > 0 ? "+" : "") + difference.toPlainString();
    }
}
