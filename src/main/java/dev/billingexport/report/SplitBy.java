package dev.billingexport.report;

import dev.billingexport.session.Filter;
import org.jspecify.annotations.Nullable;

/** What there is a workbook of its own for each value of, besides the whole one. */
public enum SplitBy {
    /** Nothing. */
    NONE(null),
    /** The user that a session is billed to. */
    USER_ID(Filter.Field.USER_ID),
    /** The room that it was held in. */
    ROOM_ID(Filter.Field.ROOM_ID),
    /** The customer that pays for it; needs a list of customers. */
    CUSTOMER(null);

    private final Filter.@Nullable Field field;

    SplitBy(Filter.@Nullable Field field) {
        this.field = field;
    }

    /** The field of a session that holds the values; null for nothing, and for customers, which no session names. */
    Filter.@Nullable Field field() {
        return field;
    }
}
