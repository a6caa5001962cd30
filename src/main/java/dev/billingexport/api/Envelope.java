package dev.billingexport.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an answer says of itself, in either of the vendor's shapes: {@code result}, {@code msg} and {@code desc}, or
 * {@code status}, {@code error_code}, {@code message} and {@code request_id}. The latter may stand in an object
 * {@code error}.
 *
 * @param result null where it is missing, or neither text nor a whole number nor a boolean
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

    private static final Pattern WHOLE = Pattern.compile("-?\\d+");
    private static final Pattern ZERO_DECIMALS = Pattern.compile("(?<=^\\d{1,9})\\.0+$");
    private static final String SUCCESS = "1";

    private static final String[] CODES = {"error_code", "errorCode", "code"};
    private static final String[] REQUESTS = {"request_id", "requestId"};
    private static final String[] WORDS = {"msg", "desc", "message", "description", "reason", "error", "error_message"};

    /** Whether an answer says that it is one of success; without making more of it, for nearly all are. */
    static boolean isSuccess(JsonNode json) {
        return SUCCESS.equals(result(json)) && !isError(json);
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
        boolean vague = result == null || result.equals(SUCCESS) || result.equals("0");
        if (vague && errorCode != null) {
            return errorCode;
        }
        return SUCCESS.equals(result) ? null : result;
    }

    /** Whether it has a field of an error that the vendor documents, and that hardly anybody else has. */
    static boolean hasFieldsOfVendor(@Nullable JsonNode json) {
        return json != null
                && (of(json).isVendors()
                        || Stream.of("result", "msg", "desc", "error_code").anyMatch(json::hasNonNull));
    }

    /** A whole number, also where it is written as true, false or a decimal. */
    private static @Nullable String result(JsonNode json) {
        JsonNode result = json.path("result");
        if (!result.isString() && !result.isNumber() && !result.isBoolean()) {
            return null;
        }
        String text = result.asString().strip();
        if (text.equalsIgnoreCase("true")) {
            return SUCCESS;
        }
        if (text.equalsIgnoreCase("false")) {
            return "0";
        }
        String whole = ZERO_DECIMALS.matcher(text).replaceFirst("");
        return whole.isEmpty() || result.isNumber() && !WHOLE.matcher(whole).matches() ? null : whole;
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
