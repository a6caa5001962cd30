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
import tools.jackson.databind.node.MissingNode;

/**
 * Distinguishes success from failure. Success is HTTP 2xx and {@code result} 1. An error may come in either of the
 * vendor's forms, or in both at once.
 */
final class ResponseClassifier {

    /** Stands for an answer that says that there are no rows. All of its fields are missing. */
    static final JsonNode NO_ROWS = MissingNode.getInstance();

    /** The longest pause that the API can ask for. */
    static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(5);

    /**
     * The formats of RFC 9110, section 5.6.7. HttpClient's asctime format can't be used: it has no zone and parses no
     * date.
     */
    private static final DateTimeFormatter[] HTTP_DATES = {
        DateUtils.FORMATTER_RFC1123,
        DateUtils.FORMATTER_RFC1036,
        DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US).withZone(ZoneOffset.UTC)
    };

    private static final int NO_CONTENT = 204;
    private static final int SERVER_ERROR = 500;
    private static final String INVALID_PAGE = "1101";

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final Pattern REQUEST_IS_WRONG = Pattern.compile("[34]\\d\\d|1\\d\\d\\d");

    /** Codes that never mean a page beyond the last one, whatever the message says. */
    private static final Pattern NO_PAGE_ERROR = Pattern.compile("5\\d\\d|408|1001|1102|1105|140[123]");

    /** Codes that never mean "no rows", whatever the message says. */
    private static final Pattern ANOTHER_REASON = Pattern.compile("[45]\\d\\d|1001|1002|1102|1105|140[123]");

    private ResponseClassifier() {}

    /**
     * Returns the body of a successful answer, or {@link #NO_ROWS}. A login need not state success, because its answer
     * isn't documented.
     *
     * @throws Failure for every other answer
     */
    static JsonNode classify(Answer answer, Route route, Clock clock) {
        boolean hasRows = route.list() != null;
        if (hasRows && answer.status() == NO_CONTENT) {
            return NO_ROWS;
        }
        JsonNode json = answer.payload().json();
        boolean success = answer.status() / 100 == 2;
        if (success && hasRows && isBlank(answer.payload())) {
            throw Failure.blank(
                    json == null ? String.valueOf(answer.payload().flaw()) : "it has no result",
                    retryAfter(answer.retryAfter(), clock));
        }
        if (success && json == null) {
            throw Failure.malformed(String.valueOf(answer.payload().flaw()), retryAfter(answer.retryAfter(), clock));
        }
        if (success && json != null && Envelope.isSuccess(json)) {
            return json;
        }
        Envelope said = Envelope.of(json);
        if (success && json != null && !hasRows && said.result() == null && !said.error()) {
            return json;
        }
        if (success && said.result() == null && !said.error()) {
            throw Failure.malformed("it has no result", retryAfter(answer.retryAfter(), clock));
        }
        String status = Integer.toString(answer.status());
        String code = said.code() == null ? status : said.code();
        Failure.Kind kind = success ? kind(code) : kind(status, code);
        if (hasRows && saysNoRows(answer, route, said, kind, code)) {
            return NO_ROWS;
        }
        throw new Failure(
                kind,
                code,
                words(status, code, said),
                retryAfter(answer.retryAfter(), clock),
                null,
                isApis(answer, said));
    }

    private static boolean saysNoRows(Answer answer, Route route, Envelope said, Failure.Kind kind, String code) {
        JsonNode json = answer.payload().json();
        if (answer.status() >= SERVER_ERROR || json != null && !Row.isNone(json.path(route.list()))) {
            return false;
        }
        boolean isFailure = kind == Failure.Kind.UNAVAILABLE || kind == Failure.Kind.REFUSED;
        if (route.isListing() || route.page() > 1) {
            boolean past = kind == Failure.Kind.MISSING && isApis(answer, said)
                    || code.equals(INVALID_PAGE)
                    || isFailure && !NO_PAGE_ERROR.matcher(code).matches() && InvalidPage.isSaidBy(said.words());
            if (past) {
                return true;
            }
        }
        NoRecords noRecords = route.isListing() ? NoRecords.IN_LISTING : NoRecords.IN_DETAILS;
        return isFailure && !ANOTHER_REASON.matcher(code).matches() && noRecords.areSaidBy(said.words());
    }

    private static boolean isBlank(Payload payload) {
        return payload == Payload.EMPTY || payload.json() != null && Row.isNone(payload.json());
    }

    /** Returns whether the answer comes from the API itself. A proxy has other fields, and mostly sends a page. */
    private static boolean isApis(Answer answer, Envelope said) {
        return said.isVendors() || answer.payload() == Payload.EMPTY;
    }

    /**
     * A transient HTTP status counts as it is. Otherwise the vendor's code is more precise, unless it is a transient
     * one.
     */
    private static Failure.Kind kind(String status, String code) {
        Failure.Kind byStatus = kind(status);
        Failure.Kind byCode = kind(code);
        return byStatus.isTransient() || byCode.isTransient() ? byStatus : byCode;
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

    /** Puts the request's id first, because the text may be cut. */
    private static String words(String status, String code, Envelope said) {
        return "HTTP " + status
                + (code.equals(status) ? "" : ", code " + code)
                + (said.requestId() == null ? "" : ", request " + said.requestId())
                + (said.words().isEmpty() ? "" : ": " + String.join(" - ", said.words()));
    }

    /** Parses seconds or a date. Returns at most five minutes; null where the header is missing, past or unreadable. */
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
