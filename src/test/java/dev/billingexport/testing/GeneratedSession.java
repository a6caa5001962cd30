package dev.billingexport.testing;

import com.ethlo.time.ITU;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.session.AppType;
import dev.billingexport.session.Filter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.SplittableRandom;

/**
 * A session that was made up. Only what decides the rest is kept; its JSON is written anew each time.
 *
 * @param length hundredths of a minute
 * @param seed what the details are drawn from
 */
record GeneratedSession(String sessionId, AppType appType, Instant date, int user, int room, int length, long seed)
        implements SampleSession {

    private static final int MILLIS_OF_HUNDREDTH = 600;

    private static final String[] FIRST = {
        "Ana", "Bruno", "Chiara", "Daniel", "Elif", "Farid", "Grace", "Henrik", "Inès", "Jürgen", "Kenji", "Łucja"
    };
    private static final String[] LAST = {
        "Almeida", "Brown", "Costa", "Dvořák", "Evans", "Fischer", "García", "Haddad", "Ito", "Jensen", "Kaya"
    };
    private static final String[] AGENTS = {"Chrome/141.0", "Firefox/143.0", "Safari/17.6", "okhttp/4.12.0"};

    @Override
    public String value(Filter.Field field) {
        return switch (field) {
            case SESSION_ID -> sessionId;
            case MEETING_ID -> "M-" + sessionId.substring(0, 8);
            case ROOM_ID -> "R-" + room;
            case USER_ID -> "U-" + user;
        };
    }

    @Override
    public String session() {
        StringBuilder json = new StringBuilder(384);
        json.append("{\"session_id\":\"").append(sessionId);
        json.append("\",\"meeting_id\":\"").append(value(Filter.Field.MEETING_ID));
        json.append("\",\"room_id\":\"").append(value(Filter.Field.ROOM_ID));
        json.append("\",\"user_id\":\"").append(value(Filter.Field.USER_ID));
        json.append("\",\"user_name\":\"").append(name(user));
        json.append("\",\"trans_date\":\"").append(text(date)).append("\",");
        span(json, 0, length);
        return json.append(",\"app_type\":\"")
                .append(appType.code())
                .append("\"}")
                .toString();
    }

    @Override
    public String callDetails() {
        SplittableRandom random = new SplittableRandom(seed);
        int count = 1 + random.nextInt(7);
        StringBuilder json = new StringBuilder(count * 320).append('[');
        for (int i = 0; i < count; i++) {
            int who = i == 0 ? user : random.nextInt(100_000);
            int joined = i == 0 ? 0 : random.nextInt(length / 4);
            int left = length - (i == 0 ? 0 : random.nextInt(length / 4));
            json.append(i == 0 ? "{" : ",{");
            json.append("\"call_num\":\"").append(sessionId, 0, 8).append('-').append(i);
            json.append("\",\"call_log_id\":\"")
                    .append(Long.toHexString(random.nextLong()))
                    .append("\",");
            span(json, joined, left);
            json.append(",\"user_ref\":\"U-").append(who);
            json.append("\",\"name\":\"").append(name(who));
            json.append("\",\"role\":\"").append(i == 0 ? "moderator" : "participant");
            json.append("\",\"ip\":\"203.0.113.").append(random.nextInt(256));
            json.append("\",\"agent\":\"")
                    .append(AGENTS[random.nextInt(AGENTS.length)])
                    .append("\"}");
        }
        return json.append(']').toString();
    }

    @Override
    public String recordings() {
        SplittableRandom random = new SplittableRandom(seed + 1);
        int count = random.nextInt(5) > 0 ? 0 : 1 + random.nextInt(2);
        StringBuilder json = new StringBuilder(count * 200).append('[');
        long seconds = length * MILLIS_OF_HUNDREDTH / 1000 / Math.max(1, count);
        for (int i = 0; i < count; i++) {
            long start = date.getEpochSecond() + i * seconds;
            json.append(i == 0 ? "{" : ",{");
            json.append("\"file\":\"https://files.example.com/rec/").append(sessionId);
            json.append('/').append(i + 1);
            json.append(".mp4\",\"play_time\":").append(seconds);
            json.append(",\"stage\":").append(i + 1);
            json.append(",\"start_time\":").append(start);
            json.append(",\"end_time\":").append(start + seconds);
            json.append(",\"file_size\":")
                    .append(seconds * (90_000 + random.nextInt(70_000)))
                    .append('}');
        }
        return json.append(']').toString();
    }

    private void span(StringBuilder json, int start, int end) {
        json.append("\"connect_dt\":\"").append(text(date.plusMillis((long) start * MILLIS_OF_HUNDREDTH)));
        json.append("\",\"disconnect_dt\":\"").append(text(date.plusMillis((long) end * MILLIS_OF_HUNDREDTH)));
        json.append("\",\"duration\":")
                .append(BigDecimal.valueOf(end - start, 2).toPlainString());
    }

    private static String text(Instant time) {
        return ITU.formatUtcMilli(time.atOffset(ZoneOffset.UTC));
    }

    private static String name(int who) {
        return FIRST[who % FIRST.length] + " " + LAST[who / FIRST.length % LAST.length];
    }
}
