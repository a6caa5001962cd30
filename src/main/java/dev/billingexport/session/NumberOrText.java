package dev.billingexport.session;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A figure that nobody bills. It is no reason to leave a session out where it can't be read as a number, so exactly one of
 * both is there.
 *
 * @param number with the digits that were sent
 * @param text exactly as it was sent in place of a number; sums leave it out
 */
public record NumberOrText(
        @Nullable BigDecimal number, @Nullable String text) implements Comparable<NumberOrText> {

    /** Checks that there is one of them. */
    public NumberOrText {
        if ((number == null) == (text == null)) {
            throw new IllegalArgumentException("Either a number or a text is needed.");
        }
    }

    /** One that is a number. */
    public static NumberOrText of(BigDecimal number) {
        return new NumberOrText(number, null);
    }

    /** One that is none. */
    public static NumberOrText of(String text) {
        return new NumberOrText(null, text);
    }

    /** Numbers come before texts. */
    @Override
    public int compareTo(NumberOrText other) {
        if (number != null && other.number != null) {
            return number.compareTo(other.number);
        }
        if (text != null && other.text != null) {
            return text.compareTo(other.text);
        }
        return number != null ? -1 : 1;
    }
}
