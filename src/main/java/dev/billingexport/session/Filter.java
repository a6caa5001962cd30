package dev.billingexport.session;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Narrows a listing to the sessions of some rooms, sessions, users or meetings.
 *
 * @param by the field that is looked at
 * @param values the values of which it must have one, exactly; sorted, each once, at least one
 */
public record Filter(Field by, List<String> values) {

    private static final int VALUES_NAMED = 5;

    /** The fields that the API can search by ({@code search_by}). */
    public enum Field {
        ROOM_ID,
        SESSION_ID,
        USER_ID,
        MEETING_ID;

        /** The vendor's name of the field, such as {@code room_id}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** What a session has in the field. */
        public @Nullable String of(Session session) {
            return switch (this) {
                case ROOM_ID -> session.roomId();
                case SESSION_ID -> session.sessionId();
                case USER_ID -> session.userId();
                case MEETING_ID -> session.meetingId();
            };
        }
    }

    /** One value of a filter: all that the API can search for at once. */
    public record Term(Field by, String value) {}

    /** Sorts the values. */
    public Filter {
        values = values.stream().distinct().sorted().toList();
        if (values.isEmpty()) {
            throw new IllegalArgumentException("A filter needs a value.");
        }
    }

    /** Its values, one by one. */
    public Stream<Term> terms() {
        return values.stream().map(value -> new Term(by, value));
    }

    /**
     * Whether a listed session is one that was asked for. A session that doesn't carry the field passes, for then only
     * the API can tell.
     */
    public boolean matches(Session session) {
        String actual = by.of(session);
        return actual == null || Collections.binarySearch(values, actual) >= 0;
    }

    /** Its values in a line for people, the first of them where there are many. */
    public String description() {
        String named = String.join(", ", values.subList(0, Math.min(VALUES_NAMED, values.size())));
        return values.size() <= VALUES_NAMED ? named : named + ", … (" + values.size() + ")";
    }
}
