package dev.billingexport.session;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Narrows a listing to the sessions of one room, session, user or meeting.
 *
 * @param by the field that is looked at
 * @param value the value that it must have, exactly; never blank
 */
public record Filter(Field by, String value) {

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

    /**
     * Whether a listed session is one that was asked for. A session that doesn't carry the field passes, for then only
     * the API can tell.
     */
    public boolean matches(Session session) {
        String actual = by.of(session);
        return actual == null || actual.equals(value);
    }
}
