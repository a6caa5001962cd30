package dev.billingexport.testing;

import dev.billingexport.sample.SampleSession;
import dev.billingexport.session.AppType;
import dev.billingexport.session.Filter;
import java.time.Instant;

/** Sessions for the API to serve, for tests that need to say when and how long. */
public final class Served {

    private Served() {}

    public static SampleSession session(String id, Instant date) {
        return session(id, date, AppType.VC, "12.50");
    }

    public static SampleSession session(String id, Instant date, AppType appType, String minutes) {
        return SampleSession.parse("""
                {"session": {"session_id": "%1$s", "meeting_id": "M-%1$s", "room_id": "R-1", "user_id": "U-%1$s",
                             "user_name": "Ana", "trans_date": "%2$s", "connect_dt": "%2$s", "disconnect_dt": "%3$s",
                             "duration": %4$s, "app_type": "%5$s"},
                 "cdr": [{"call_num": "1", "connect_dt": "%2$s", "disconnect_dt": "%3$s", "duration": %4$s},
                         {"call_num": "1", "connect_dt": "%2$s", "disconnect_dt": "%3$s", "duration": %4$s}],
                 "recordings": [{"file": "https://files.example.com/%1$s.mp4", "play_time": 60, "stage": 1}]}
                """.formatted(id, date, date.plusSeconds(750), minutes, appType.code()));
    }

    /** One that the API finds by another date than its {@code trans_date}. */
    public static SampleSession foundBy(Instant date, SampleSession session) {
        return new SampleSession() {
            @Override
            public String sessionId() {
                return session.sessionId();
            }

            @Override
            public AppType appType() {
                return session.appType();
            }

            @Override
            public Instant date() {
                return date;
            }

            @Override
            public String value(Filter.Field field) {
                return session.value(field);
            }

            @Override
            public String session() {
                return session.session();
            }

            @Override
            public String callDetails() {
                return session.callDetails();
            }

            @Override
            public String recordings() {
                return session.recordings();
            }
        };
    }

    /** As if it were listed at its date, but without saying any. */
    public static SampleSession undated(String id, Instant date) {
        SampleSession dated = session(id, date);
        return new SampleSession() {
            @Override
            public String sessionId() {
                return id;
            }

            @Override
            public AppType appType() {
                return dated.appType();
            }

            @Override
            public Instant date() {
                return date;
            }

            @Override
            public String value(Filter.Field field) {
                return dated.value(field);
            }

            @Override
            public String session() {
                return "{\"session_id\": \"" + id + "\", \"app_type\": \"vc\"}";
            }

            @Override
            public String callDetails() {
                return "[]";
            }

            @Override
            public String recordings() {
                return "[]";
            }
        };
    }
}
