package dev.billingexport.report;

import dev.billingexport.session.Filter;
import org.jspecify.annotations.Nullable;

/** The field for whose values additional workbooks are written. */
public enum SplitBy {
    /** No additional workbooks. */
    NONE(null),
    /** The user that a session is billed to. */
    USER_ID(Filter.Field.USER_ID),
    /** The room of the session. */
    ROOM_ID(Filter.Field.ROOM_ID),
    /** The customer that pays; needs a list of customers. */
    CUSTOMER(null);

    private final Filter.@Nullable Field field;

    SplitBy(Filter.@Nullable Field field) {
        this.field = field;
    }

    /** Returns the field of a session; null for none, and for customers, because sessions don't name them. */
    Filter.@Nullable Field field() {
        return field;
    }
}
