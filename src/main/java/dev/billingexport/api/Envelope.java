package dev.billingexport.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The status that an answer states, in either of the vendor's forms: {@code result}, {@code msg} and {@code desc}, or
 * {@code status}, {@code error_code}, {@code message} and {@code request_id}. The second form may be nested in an
 * object {@code error}.
 *
 * @param result null where it is missing, or is neither text nor a whole number nor a boolean
 * @param error whether the answer states an error
 * @param errorCode null where there is none
 * @param words the texts of the error, each once
 * @param requestId identifies the request to the vendor's support; null where there is none
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

    /** Returns whether an answer states success. Builds no envelope, because nearly all answers are successes. */
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

    /** Returns whether the answer states success or failure in one of the vendor's forms. JSON from a proxy doesn't. */
    boolean isVendors() {
        return result != null || error;
    }

    /** Returns the error code, null where the answer states none. */
    @Nullable
    String code() {
        boolean vague = result == null || result.equals(SUCCESS) || result.equals("0");
        if (vague && errorCode != null) {
            return errorCode;
        }
        return SUCCESS.equals(result) ? null : result;
    }

    /** Returns whether the answer has an error field that the vendor documents and that others rarely use. */
    static boolean hasFieldsOfVendor(@Nullable JsonNode json) {
        return json != null
                && (of(json).isVendors()
                        || Stream.of("result", "msg", "desc", "error_code").anyMatch(json::hasNonNull));
    }

    /** Returns a whole number as text; it may be written as true, false or a decimal. */
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

    /** Leaves out texts that another one contains: many errors say the same twice. */
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
