package dev.billingexport.cli;

import java.math.BigDecimal;

/** Amounts and differences as a terminal shows them. */
final class MoneyText {

    private MoneyText() {}

    /** {@code EUR 12.00 -> 14.00 (+2.00)}. */
    static String change(String currency, BigDecimal before, BigDecimal after) {
        return "%s %s -> %s (%s)"
                .formatted(
                        Errors.oneLine(currency),
                        before.toPlainString(),
                        after.toPlainString(),
                        signed(after.subtract(before)));
    }

    /** With its sign, also where it is more than nothing. */
    static String signed(BigDecimal difference) {
        return (difference.signum() > 0 ? "+" : "") + difference.toPlainString();
    }
}
