package dev.billingexport.report.rating;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is charged, in the order of the charges. */
public enum Item {
    /** The time of each call detail. */
    PARTICIPANT_MINUTES,
    /** The play time of each recording. */
    RECORDED_MINUTES,
    /** The time of each session, however many took part. */
    SESSION_MINUTES,
    /** What the other charges lack of the least that a customer is charged. */
    MINIMUM;

    /** The word in price lists and in the {@code item} column. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The item of a code that has a price of its own; empty for any other word. */
    static Optional<Item> ofPrice(String code) {
        return Arrays.stream(values())
                .filter(item -> item != MINIMUM && item.code().equals(code))
                .findFirst();
    }
}
