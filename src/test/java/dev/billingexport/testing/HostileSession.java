package dev.billingexport.testing;

import dev.billingexport.sample.SampleSession;
import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Filter;
import dev.billingexport.session.NumberOrText;
import dev.billingexport.session.Problem;
import dev.billingexport.session.Recording;
import dev.billingexport.session.Session;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A session with a call detail and a recording, some fields of which hold what nobody expects. Not thread-safe. */
public final class HostileSession implements SampleSession {

    private static final Map<String, HostileValue.Kind> SESSION = kinds(
            "meeting_id, room_id, user_id, user_name, app_type", "duration", "trans_date, connect_dt, disconnect_dt");
    private static final Map<String, HostileValue.Kind> CALL_DETAIL =
            kinds("call_num, call_log_id, user_ref, name, role, ip, agent", "duration", "connect_dt, disconnect_dt");
    private static final Map<String, HostileValue.Kind> RECORDING = kinds("file", "play_time", "start_time, end_time");

    private final String id;
    private final Instant date;
    private final Map<String, String> json = new LinkedHashMap<>();
    private final Map<String, Object> expected = new LinkedHashMap<>();
    private final Set<Problem.Part> problems = EnumSet.noneOf(Problem.Part.class);
    private String callDetails;
    private String result = "1";

    public HostileSession(String id, Instant date) {
        this.id = id;
        this.date = date;
        fields().forEach((field, kind) -> {
            Object value = harmless(kind, field);
            json.put(field, HostileValue.quoted(kind == HostileValue.Kind.FIGURE ? "2.50" : value.toString()));
            expected.put(field, value);
        });
    }

    /** Every field that can be replaced: {@code cdr.name}, for example. */
    public static Map<String, HostileValue.Kind> fields() {
        Map<String, HostileValue.Kind> fields = new LinkedHashMap<>();
        SESSION.forEach((field, kind) -> fields.put("session." + field, kind));
        CALL_DETAIL.forEach((field, kind) -> fields.put("cdr." + field, kind));
        RECORDING.forEach((field, kind) -> fields.put("recordings." + field, kind));
        fields.put("recordings.stage", HostileValue.Kind.FIGURE);
        fields.put("recordings.file_size", HostileValue.Kind.FIGURE);
        return fields;
    }

    /** Whether an honest API can have listed it in a window: not under a date that is far from any. */
    public static boolean isListable(String field, HostileValue value) {
        return !field.equals("session.trans_date") || value.asTime() == null || value.asTime() == HostileValue.NONSENSE;
    }

    public HostileSession with(String field, HostileValue value) {
        json.put(field, value.json());
        expected.put(field, value.as(fields().get(field)));
        return this;
    }

    /** The field is there twice: as with every reader of JSON that is in use, the last one counts. */
    public HostileSession withTwice(String field, HostileValue first) {
        String name = field.substring(field.indexOf('.') + 1);
        json.put(field, first.json() + ",\"" + name + "\":" + json.get(field));
        return this;
    }

    public HostileSession withCallDetails(String json, boolean legal) {
        callDetails = json;
        if (!legal) {
            problems.add(Problem.Part.CALL_DETAILS);
        }
        return this;
    }

    public HostileSession withResult(String json) {
        result = json;
        return withoutDetails();
    }

    /** Nobody can ask for them. */
    public HostileSession withoutDetails() {
        problems.add(Problem.Part.CALL_DETAILS);
        problems.add(Problem.Part.RECORDINGS);
        return this;
    }

    /** The parts of it that can't be had; where the session itself can't, nothing else is tried. */
    public Set<Problem.Part> problems() {
        Set<Problem.Part> all = EnumSet.noneOf(Problem.Part.class);
        all.addAll(problems);
        expected.forEach((field, value) -> {
            if (value == HostileValue.NONSENSE) {
                all.add(part(field));
            }
        });
        return all.contains(Problem.Part.SESSION) ? EnumSet.of(Problem.Part.SESSION) : all;
    }

    public Session expectedSession() {
        return new Session(
                id,
                get("session.meeting_id"),
                get("session.room_id"),
                get("session.user_id"),
                get("session.user_name"),
                get("session.trans_date"),
                get("session.connect_dt"),
                get("session.disconnect_dt"),
                get("session.duration"),
                AppType.VC);
    }

    public CallDetail expectedCallDetail() {
        return new CallDetail(
                get("cdr.call_num"),
                get("cdr.call_log_id"),
                get("cdr.connect_dt"),
                get("cdr.disconnect_dt"),
                get("cdr.duration"),
                get("cdr.user_ref"),
                get("cdr.name"),
                get("cdr.role"),
                get("cdr.ip"),
                get("cdr.agent"));
    }

    public Recording expectedRecording() {
        return new Recording(
                get("recordings.file"),
                get("recordings.play_time"),
                get("recordings.stage"),
                get("recordings.start_time"),
                get("recordings.end_time"),
                get("recordings.file_size"));
    }

    public boolean hasItsCallDetail() {
        return callDetails == null && problems().stream().noneMatch(part -> part != Problem.Part.RECORDINGS);
    }

    public boolean hasItsRecording() {
        return problems().stream().noneMatch(part -> part != Problem.Part.CALL_DETAILS);
    }

    @Override
    public String sessionId() {
        return id;
    }

    @Override
    public AppType appType() {
        return AppType.VC;
    }

    @Override
    public Instant date() {
        return date;
    }

    @Override
    public String value(Filter.Field field) {
        return field == Filter.Field.SESSION_ID ? id : null;
    }

    @Override
    public String session() {
        return "{\"session_id\":" + HostileValue.quoted(id) + "," + members("session.") + "}";
    }

    @Override
    public String callDetails() {
        return callDetails != null ? callDetails : "[{" + members("cdr.") + "}]";
    }

    @Override
    public String recordings() {
        return "[{" + members("recordings.") + "}]";
    }

    @Override
    public String result() {
        return result;
    }

    @Override
    public String toString() {
        String all = json.toString();
        return id + " " + all.substring(0, Math.min(2_000, all.length()));
    }

    private String members(String of) {
        return json.entrySet().stream()
                .filter(field -> field.getKey().startsWith(of) && field.getValue() != null)
                .map(field -> "\"" + field.getKey().substring(of.length()) + "\":" + field.getValue())
                .collect(Collectors.joining(","));
    }

    @SuppressWarnings("unchecked")
    private <T> T get(String field) {
        return (T) expected.get(field);
    }

    private Object harmless(HostileValue.Kind kind, String field) {
        return switch (kind) {
            case TEXT -> field.equals("session.app_type") ? "vc" : field;
            case NUMBER -> new BigDecimal("2.50");
            case FIGURE -> NumberOrText.of(new BigDecimal("2.50"));
            case TIME -> date;
        };
    }

    private static Problem.Part part(String field) {
        return switch (field.substring(0, field.indexOf('.'))) {
            case "cdr" -> Problem.Part.CALL_DETAILS;
            case "recordings" -> Problem.Part.RECORDINGS;
            default -> Problem.Part.SESSION;
        };
    }

    private static Map<String, HostileValue.Kind> kinds(String texts, String numbers, String times) {
        Map<String, HostileValue.Kind> kinds = new LinkedHashMap<>();
        for (String field : texts.split(", ")) {
            kinds.put(field, HostileValue.Kind.TEXT);
        }
        for (String field : numbers.split(", ")) {
            kinds.put(field, HostileValue.Kind.NUMBER);
        }
        for (String field : times.split(", ")) {
            kinds.put(field, HostileValue.Kind.TIME);
        }
        return kinds;
    }
}
