package dev.billingexport.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an answer says of itself, in either of the vendor's shapes: {@code result}, {@code msg} and {@code desc}, or
 * {@code status}, {@code error_code}, {@code message} and {@code request_id}. The latter may stand in an object
 * {@code error}.
 *
 * @param result null where it is missing, or neither text nor a whole number nor false
 * @param error whether it calls itself an error
 * @param errorCode null where there is none
 * @param words each once
 * @param requestId what the vendor's support asks for; null where there is none
 */
record Envelope(
        @Nullable String result,
        boolean error,
        @Nullable String errorCode,
        List<String> words,
        @Nullable String requestId) {

    private static final Envelope NONE = new Envelope(null, false, null, List.of(), null);

    private static final Pattern ERROR = Pattern.compile("(?i)error|fail(ed|ure)?");

    private static final String[] CODES = {"error_code", "errorCode", "code"};
    private static final String[] REQUESTS = {"request_id", "requestId"};
    private static final String[] WORDS = {"msg", "desc", "message", "description", "reason", "error", "error_message"};

    /** Whether an answer says that it is one of success; without making more of it, for nearly all are. */
    static boolean isSuccess(JsonNode json) {
        return "1".equals(scalar(json, "result")) && !isError(json);
    }

    static Envelope of(@Nullable JsonNode json) {
        if (json == null || !json.isObject()) {
            return NONE;
        }
        List<JsonNode> parts = new ArrayList<>(List.of(json));
        if (json.path("error").isObject()) {
            parts.add(json.path("error"));
        }
        return new Envelope(result(json), isError(json), first(parts, CODES), words(parts), first(parts, REQUESTS));
    }

    /** Whether it says anything of success or failure in the vendor's way: a proxy's page of JSON doesn't. */
    boolean isVendors() {
        return result != null || error;
    }

    /** The code of an error; null where it says none. */
    @Nullable
    String code() {
        boolean vague = result == null || result.equals("1") || result.equals("0");
        if (vague && errorCode != null) {
            return errorCode;
        }
        return "1".equals(result) ? null : result;
    }

    /** PHP's false is its zero. */
    private static @Nullable String result(JsonNode json) {
        JsonNode result = json.path("result");
        return result.isBoolean() && !result.asBoolean() ? "0" : scalar(json, "result");
    }

    private static boolean isError(JsonNode json) {
        String status = scalar(json, "status");
        return status != null && ERROR.matcher(status).matches();
    }

    /** None that another one holds already: many say the same twice. */
    private static List<String> words(List<JsonNode> parts) {
        List<String> words = parts.stream()
                .flatMap(part -> Arrays.stream(WORDS).map(part::path))
                .filter(JsonNode::isString)
                .map(text -> text.asString().strip())
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
        return words.stream()
                .filter(text -> words.stream().noneMatch(other -> !other.equals(text) && other.contains(text)))
                .toList();
    }

    private static @Nullable String first(List<JsonNode> parts, String[] fields) {
        for (JsonNode part : parts) {
            for (String field : fields) {
                String text = scalar(part, field);
                if (text != null) {
                    return text;
                }
            }
        }
        return null;
    }

    private static @Nullable String scalar(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isString() && !value.isIntegralNumber()) {
            return null;
        }
        String text = value.asString().strip();
        return text.isEmpty() ? null : text;
    }
}
