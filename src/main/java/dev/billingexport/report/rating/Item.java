package dev.billingexport.report.rating;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Items of a bill, in the order of the charges. */
public enum Item {
    /** The time of each call detail. */
    PARTICIPANT_MINUTES,
    /** The play time of each recording. */
    RECORDED_MINUTES,
    /** The time of each session, however many took part. */
    SESSION_MINUTES,
    /** The difference to the least amount that a customer is charged. */
    MINIMUM;

    /** Returns the code used in price lists and in the {@code item} column. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the item with a code that can have a price; empty for any other text. */
    static Optional<Item> ofPrice(String code) {
        return Arrays.stream(values())
                .filter(item -> item != MINIMUM && item.code().equals(code))
                .findFirst();
    }
}
