package dev.billingexport.session;

import java.util.Objects;

/**
 * The part of a period's sessions that has one value in one field: a user's, or a room's.
 *
 * @param value exactly as it was sent; empty for the sessions that have none
 */
public record Share(Filter.Field by, String value) {

    /** The share that a session belongs to; none and an empty value are the same. */
    public static Share of(Filter.Field by, Session session) {
        return new Share(by, Objects.requireNonNullElse(by.of(session), ""));
    }

    /** Whether it is that of the sessions without a value. */
    public boolean isOfNone() {
        return value.isEmpty();
    }
}
