package dev.billingexport.session;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Restricts a listing to the sessions of some rooms, sessions, users or meetings.
 *
 * @param by the field that is compared
 * @param values the accepted values, compared exactly; sorted, each once, at least one
 */
public record Filter(Field by, List<String> values) {

    private static final int VALUES_NAMED = 5;

    /** The fields that the API can search ({@code search_by}). */
    public enum Field {
        ROOM_ID,
        SESSION_ID,
        USER_ID,
        MEETING_ID;

        /** Returns the vendor's name of the field, such as {@code room_id}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns a session's value of the field. */
        public @Nullable String of(Session session) {
            return switch (this) {
                case ROOM_ID -> session.roomId();
                case SESSION_ID -> session.sessionId();
                case USER_ID -> session.userId();
                case MEETING_ID -> session.meetingId();
            };
        }
    }

    /** One value of a filter. The API searches for one value at a time. */
    public record Term(Field by, String value) {}

    /** Sorts the values. */
    public Filter {
        values = values.stream().distinct().sorted().toList();
        if (values.isEmpty()) {
            throw new IllegalArgumentException("A filter needs a value.");
        }
    }

    /** Returns a term for each value. */
    public Stream<Term> terms() {
        return values.stream().map(value -> new Term(by, value));
    }

    /**
     * Returns whether a listed session may match. A session without a value in the field matches, because only the API
     * knows.
     */
    public boolean matches(Session session) {
        String actual = by.of(session);
        return actual == null || Collections.binarySearch(values, actual) >= 0;
    }

    /** Returns a one-line description with the first few values. */
    public String description() {
        String named = String.join(", ", values.subList(0, Math.min(VALUES_NAMED, values.size())));
        return values.size() <= VALUES_NAMED ? named : named + ", … (" + values.size() + ")";
    }
}
