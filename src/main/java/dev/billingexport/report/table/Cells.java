package dev.billingexport.report.table;

import dev.billingexport.report.rating.Charge;
import dev.billingexport.session.NumberOrText;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Receives the values of a row, from left to right; each format implements it. Null is an empty cell. */
public interface Cells {

    void text(@Nullable String value);

    /**
     * A value from one of our lists of codes: the code in files for programs, its name in files for people.
     *
     * @param kind kind of code, see {@link Wording#word}
     */
    void word(String kind, @Nullable String code);

    /** Several codes of a kind; empty for none. */
    void words(String kind, List<String> codes);

    /**
     * A session's id.
     *
     * @param number the session's position in the period, from 1; 0 where it isn't needed
     */
    void session(String id, long number);

    void time(@Nullable Instant value);

    void day(@Nullable LocalDate value);

    /** A number that is normally whole: a count, seconds, bytes. It may still have a fraction. */
    void integer(@Nullable BigDecimal value);

    /** A number or a text in its place. */
    default void figure(@Nullable NumberOrText value) {
        if (value != null && value.text() != null) {
            text(value.text());
        } else {
            integer(value == null ? null : value.number());
        }
    }

    /** A number that normally has a fraction. */
    void decimal(@Nullable BigDecimal value);

    /** An amount of money, with its currency's digits. */
    void amount(@Nullable BigDecimal value, Currency currency);

    /** The amount of a charge. Its cell is to the right of the quantity and the price. */
    void amount(Charge charge);
}
