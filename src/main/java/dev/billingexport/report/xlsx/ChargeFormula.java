package dev.billingexport.report.xlsx;

import dev.billingexport.report.rating.Charge;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A formula that computes a charge's amount from its quantity and price. Spreadsheets use binary numbers and round half
 * up, so each candidate is evaluated as a spreadsheet would, and is used only if the result is the amount.
 *
 * @param quantity cell with the minutes, shown with four decimals
 * @param price cell with the price of a minute
 */
record ChargeFormula(String quantity, String price) {

    private static final BigDecimal SECONDS_OF_MINUTE = BigDecimal.valueOf(60);

    private record Candidate(String formula, BigDecimal result) {}

    /** Returns the formula; empty where there is no quantity or no candidate matches. */
    Optional<String> of(Charge charge) {
        BigDecimal seconds = charge.chargedSeconds();
        if (seconds == null) {
            return Optional.empty();
        }
        int digits = charge.amount().scale();
        String exact = seconds.stripTrailingZeros().toPlainString();
        double unitPrice = Objects.requireNonNull(charge.unitPrice()).doubleValue();
        double shown = Objects.requireNonNull(charge.chargedMinutes()).doubleValue() * unitPrice;
        double calculated = seconds.doubleValue() / SECONDS_OF_MINUTE.doubleValue() * unitPrice;
        String product = quantity + "*" + price;
        String exactProduct = exact + "/60*" + price;
        return Stream.of(
                        new Candidate(rounded(product, digits), rounded(shown, digits)),
                        new Candidate(rounded(exactProduct, digits), rounded(calculated, digits)),
                        // Rounds half to even: the nearest multiple of two units marks the even neighbour.
                        new Candidate(evenly(product, digits), evenly(shown, digits)),
                        new Candidate(evenly(exactProduct, digits), evenly(calculated, digits)))
                .filter(candidate -> candidate.result.compareTo(charge.amount()) == 0)
                .map(Candidate::formula)
                .findFirst();
    }

    private static String rounded(String product, int digits) {
        return "ROUND(" + product + "," + digits + ")";
    }

    private static String evenly(String product, int digits) {
        return "ROUND(" + product + "*" + half(digits).toPlainString() + ",0)/"
                + half(digits).toPlainString();
    }

    private static BigDecimal evenly(double value, int digits) {
        BigDecimal half = half(digits);
        return rounded(value * half.doubleValue(), 0).divide(half, digits, RoundingMode.UNNECESSARY);
    }

    /** Returns half of the currency's smallest unit. */
    private static BigDecimal half(int digits) {
        return BigDecimal.TEN.pow(digits).divide(BigDecimal.valueOf(2));
    }

    /** Rounds as spreadsheets do: half up, on the fifteen digits that they show. */
    private static BigDecimal rounded(double value, int digits) {
        return new BigDecimal(value).round(SheetRow.PRECISION).setScale(digits, RoundingMode.HALF_UP);
    }
}
