package dev.billingexport.session;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A value that is not billed. Where it isn't a number its text is kept, so that the session is still exported. Exactly
 * one of both components is set.
 *
 * @param number with the digits that were sent
 * @param text exactly as sent in place of a number; sums leave it out
 */
public record NumberOrText(
        @Nullable BigDecimal number, @Nullable String text) implements Comparable<NumberOrText> {

    /** Checks that exactly one component is set. */
    public NumberOrText {
        if ((number == null) == (text == null)) {
            throw new IllegalArgumentException("Either a number or a text is needed.");
        }
    }

    /** Returns a value that is a number. */
    public static NumberOrText of(BigDecimal number) {
        return new NumberOrText(number, null);
    }

    /** Returns a value that is a text. */
    public static NumberOrText of(String text) {
        return new NumberOrText(null, text);
    }

    /** Sorts numbers before texts. */
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
