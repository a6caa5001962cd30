package dev.billingexport.sample;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Filter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A session from a file. Its JSON is built once and served many times. */
record RecordedSession(
        String sessionId,
        AppType appType,
        Instant date,
        Map<Filter.Field, String> values,
        String session,
        String callDetails,
        String recordings,
        String result)
        implements SampleSession {

    static RecordedSession of(JsonNode document) {
        JsonNode session = document.path("session");
        Map<Filter.Field, String> values = new EnumMap<>(Filter.Field.class);
        for (Filter.Field field : Filter.Field.values()) {
            JsonNode value = session.path(field.code());
            if (value.isValueNode() && !value.isNull()) {
                values.put(field, value.asString());
            }
        }
        String sessionId = values.get(Filter.Field.SESSION_ID);
        if (sessionId == null) {
            throw new IllegalArgumentException("A sample session has no session_id: " + session);
        }
        AppType appType = AppType.ofCode(session.path("app_type").asString(""))
                .orElseThrow(() ->
                        new IllegalArgumentException("The app_type of sample session " + sessionId + " isn't known."));
        return new RecordedSession(
                sessionId,
                appType,
                date(sessionId, session),
                values,
                Json.write(session),
                Json.write(document.path("cdr")),
                Json.write(document.path("recordings")),
                document.has("result") ? Json.write(document.get("result")) : "1");
    }

    @Override
    public @Nullable String value(Filter.Field field) {
        return values.get(field);
    }

    private static Instant date(String sessionId, JsonNode session) {
        for (String name : new String[] {"trans_date", "connect_dt", "disconnect_dt"}) {
            JsonNode date = session.path(name);
            if (date.isString()) {
                try {
                    return Instant.parse(date.stringValue());
                } catch (DateTimeException e) {
                    throw new IllegalArgumentException(
                            "The " + name + " of sample session " + sessionId + " isn't a date: " + date, e);
                }
            }
        }
        throw new IllegalArgumentException("Sample session " + sessionId + " has no date.");
    }
}
