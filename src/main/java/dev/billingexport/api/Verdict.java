package dev.billingexport.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.utils.DateUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tells success from failure. Success is HTTP 2xx and {@code result} 1; an error may come in both shapes at once. */
final class Verdict {

    private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(5);

    /** RFC 9110, 5.6.7. HttpClient's own of the last kind, which names no zone, reads none. */
    private static final DateTimeFormatter[] HTTP_DATES = {
        DateUtils.FORMATTER_RFC1123,
        DateUtils.FORMATTER_RFC1036,
        DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US).withZone(ZoneOffset.UTC)
    };

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final Pattern REQUEST_IS_WRONG = Pattern.compile("[34]\\d\\d|1\\d\\d\\d");

    private Verdict() {}

    /**
     * The body of an answer of success.
     *
     * @param resultRequired whether success must be said, which is not documented of the login
     * @throws Failure for every other answer
     */
    static JsonNode on(Answer answer, boolean resultRequired, Clock clock) {
        JsonNode json = answer.payload().json();
        String result = json == null ? null : result(json);
        boolean success = answer.status() / 100 == 2;
        if (success && json == null) {
            throw Failure.malformed(String.valueOf(answer.payload().flaw()));
        }
        if (success && json != null && ("1".equals(result) || result == null && !resultRequired)) {
            return json;
        }
        if (success && result == null) {
            throw Failure.malformed("it has no result");
        }
        String status = Integer.toString(answer.status());
        String code = result == null || result.equals("1") ? status : result;
        throw new Failure(
                success ? kind(code) : kind(status, code),
                code,
                "HTTP " + status + (code.equals(status) ? "" : ", code " + code) + (json == null ? "" : words(json)),
                retryAfter(answer.retryAfter(), clock),
                null);
    }

    /** A status that asks to wait is believed; otherwise the vendor's code says more, unless it is a vague one. */
    private static Failure.Kind kind(String status, String code) {
        Failure.Kind byStatus = kind(status);
        Failure.Kind byCode = kind(code);
        return byStatus.mayPass() || byCode.mayPass() ? byStatus : byCode;
    }

    private static Failure.Kind kind(String code) {
        return switch (code) {
            case "401", "403", "1001" -> Failure.Kind.DENIED;
            case "404" -> Failure.Kind.MISSING;
            case "408" -> Failure.Kind.UNAVAILABLE;
            case "429", "503" -> Failure.Kind.BUSY;
            default -> REQUEST_IS_WRONG.matcher(code).matches() ? Failure.Kind.REFUSED : Failure.Kind.UNAVAILABLE;
        };
    }

    private static @Nullable String result(JsonNode json) {
        JsonNode result = json.path("result");
        if (!result.isString() && !result.isIntegralNumber()) {
            return null;
        }
        String text = result.asString().strip();
        return text.isEmpty() ? null : text;
    }

    private static String words(JsonNode json) {
        StringBuilder words = new StringBuilder();
        for (String field : new String[] {"msg", "desc"}) {
            JsonNode text = json.path(field);
            if (text.isString() && !text.asString().isBlank()) {
                words.append(words.isEmpty() ? ": " : " - ").append(text.asString());
            }
        }
        return words.toString();
    }

    /** Seconds or a date, at most five minutes; null where it is absent, past or can't be read. */
    private static @Nullable Duration retryAfter(@Nullable String header, Clock clock) {
        if (header == null) {
            return null;
        }
        String value = header.strip();
        Duration wait;
        if (SECONDS.matcher(value).matches()) {
            wait = Duration.ofSeconds(Long.parseLong(value));
        } else {
            Instant date = DateUtils.parseDate(value, HTTP_DATES);
            wait = date == null ? Duration.ZERO : Duration.between(clock.instant(), date);
        }
        if (wait.isNegative() || wait.isZero()) {
            return null;
        }
        return wait.compareTo(MAX_RETRY_AFTER) < 0 ? wait : MAX_RETRY_AFTER;
    }
}
