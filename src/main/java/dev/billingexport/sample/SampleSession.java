package dev.billingexport.sample;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Filter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A session that the sample API serves, with its details, in the API's own JSON. Immutable and thread-safe. */
public interface SampleSession {

    /** The session's id, as text even where the API sends a number. */
    String sessionId();

    /** The application that lists the session. */
    AppType appType();

    /** What the date filters look at: {@code trans_date}, or the next best date where that is missing. */
    Instant date();

    /** A field that can be searched and ordered by, as text; null where the session lacks it. */
    @Nullable
    String value(Filter.Field field);

    /** The session itself: a JSON object. */
    String session();

    /** Its call details: a JSON array. */
    String callDetails();

    /** Its recordings: a JSON array. */
    String recordings();

    /** The {@code result} of an answer about this session alone: JSON, {@code 1} or {@code "1"}. */
    default String result() {
        return "1";
    }

    /**
     * A session from JSON: {@code {"session": {…}, "cdr": […], "recordings": […]}}, and {@code "result": "1"} where
     * its answers shall have it as text. Members are served as they are given, whatever they hold.
     *
     * @throws IllegalArgumentException if the JSON isn't well-formed, or the session lacks an id, a known application
     *     or any date
     */
    static SampleSession parse(String json) {
        return RecordedSession.of(Json.parse(json));
    }
}
