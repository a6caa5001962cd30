package dev.billingexport.report.table;

import dev.billingexport.report.rating.Charge;
import dev.billingexport.session.NumberOrText;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the values of a row, from left to right. A format is an implementation of this. Null is an empty cell. */
public interface Cells {

    void text(@Nullable String value);

    /**
     * A word of ours: its code for programs, and what it is called for people.
     *
     * @param kind what it is a word of, see {@link Wording#word}
     */
    void word(String kind, @Nullable String code);

    /** Several words of a kind; empty for none. */
    void words(String kind, List<String> codes);

    /**
     * A session's id.
     *
     * @param number the session's place among the period's sessions, from 1; 0 where nobody needs it
     */
    void session(String id, long number);

    void time(@Nullable Instant value);

    void day(@Nullable LocalDate value);

    /** A number that is whole by its nature: a count, seconds, bytes. It may come with a fraction all the same. */
    void integer(@Nullable BigDecimal value);

    /** A figure that may be text. */
    default void figure(@Nullable NumberOrText value) {
        if (value != null && value.text() != null) {
            text(value.text());
        } else {
            integer(value == null ? null : value.number());
        }
    }

    /** A number that has a fraction by its nature. */
    void decimal(@Nullable BigDecimal value);

    /** An amount of money, with its currency's digits. */
    void amount(@Nullable BigDecimal value, Currency currency);

    /** The amount of a charge, right of its quantity and its price. */
    void amount(Charge charge);
}
