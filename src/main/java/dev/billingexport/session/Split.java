package dev.billingexport.session;

import java.util.Objects;

/**
 * The sessions of a period that have the same value in one field, such as one user or one room: the content of one
 * split.
 *
 * @param value exactly as sent; empty for the sessions without a value
 */
public record Split(Filter.Field by, String value) {

    /** Returns the split of a session. A missing and an empty value are the same. */
    public static Split of(Filter.Field by, Session session) {
        return new Split(by, Objects.requireNonNullElse(by.of(session), ""));
    }

    /** Returns whether this is the split of the sessions without a value. */
    public boolean isOfNone() {
        return value.isEmpty();
    }
}
