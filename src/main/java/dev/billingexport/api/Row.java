package dev.billingexport.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.billingexport.session.NumberOrText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One object of an answer's list. What is null or missing is null, numbers may be strings and the other way round, and
 * what is none of it is malformed.
 *
 * @param place where in the answer, for messages
 */
record Row(JsonNode json, String place) {

    private static final String SESSION_ID = "session_id";

    /** What an answer repeats of the question, or of the session that was asked for. */
    private static final Set<String> ECHOES = Set.of("search", "session");

    private static final Pattern DIGITS = Pattern.compile("\\d+");

    /** Far beyond any bill; keeps {@code 1e999999} from becoming a megabyte of zeros later on. */
    private static final int MAX_DIGITS = 100;

    /** A digit each, a sign, a point and an exponent. */
    private static final int MAX_NUMBER_LENGTH = MAX_DIGITS + 20;

    /** Less than a column of the ledger holds, and more than any name: a spreadsheet's cell ends at 32,767. */
    private static final int MAX_TEXT_LENGTH = 1_000_000;

    /**
     * The rows of a list. PHP writes one that has gaps as an object with digits for names, and one without rows in many
     * ways.
     *
     * @throws Failure where there is something else: to take that for an empty list would bill too little
     */
    static List<Row> of(JsonNode answer, String list) {
        JsonNode json = answer.path(list);
        if (json.isMissingNode()) {
            requireNothingInstead(answer, list);
        }
        if (isNone(json)) {
            return List.of();
        }
        if (!json.isArray() && !isNumbered(json)) {
            throw Failure.malformed(list + " is no list");
        }
        List<Row> rows = new ArrayList<>();
        for (JsonNode value : json.values()) {
            Row row = new Row(value, list + "[" + rows.size() + "]");
            if (!value.isObject()) {
                throw Failure.malformed(row.place + " is no object");
            }
            rows.add(row);
        }
        return rows;
    }

    /** Whether this stands for a list without rows. */
    static boolean isNone(JsonNode list) {
        return isAbsent(list)
                || list.isContainer() && list.isEmpty()
                || list.isString() && list.asString().isBlank()
                || list.isBoolean() && !list.asBoolean();
    }

    private static boolean isNumbered(JsonNode list) {
        return list.isObject()
                && list.propertyNames().stream()
                        .allMatch(name -> DIGITS.matcher(name).matches());
    }

    /** A list of another name may be this one. */
    private static void requireNothingInstead(JsonNode answer, String list) {
        for (Map.Entry<String, JsonNode> field : answer.properties()) {
            if (field.getValue().isContainer() && !field.getValue().isEmpty() && !ECHOES.contains(field.getKey())) {
                throw Failure.malformed(list + " is missing, but it has " + field.getKey());
            }
        }
    }

    /** What the row says whose it is. */
    String sessionId() {
        String id = text(SESSION_ID);
        if (id == null || id.isBlank()) {
            throw Failure.malformed(place + " has no " + SESSION_ID);
        }
        return id;
    }

    /** {@link #sessionId()}, or a name for a row without one that is the same each time it is listed. */
    String nameOfSession() {
        try {
            return sessionId();
        } catch (Failure unnamed) {
            return "unnamed-" + UUID.nameUUIDFromBytes(json.toString().getBytes(UTF_8));
        }
    }

    /** Text exactly as sent, or a number's digits. */
    @Nullable
    String text(String field) {
        JsonNode value = json.path(field);
        if (value.isContainer()) {
            throw malformed(field, "is no text");
        }
        String text = isAbsent(value) ? null : value.asString();
        if (text != null && text.length() > MAX_TEXT_LENGTH) {
            throw malformed(field, "is longer than " + MAX_TEXT_LENGTH + " characters");
        }
        return text;
    }

    /** Text of the first field that is there. */
    @Nullable
    String text(String field, String otherName) {
        String text = text(field);
        return text != null ? text : text(otherName);
    }

    /** A number with the digits that were sent, null where it is an empty string. */
    @Nullable
    BigDecimal decimal(String field) {
        String text = scalar(field);
        if (text == null) {
            return null;
        }
        BigDecimal number;
        try {
            number = text.length() > MAX_NUMBER_LENGTH ? null : new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw malformed(field, "is no number: " + text);
        }
        if (number == null || number.precision() > MAX_DIGITS || Math.abs((long) number.scale()) > MAX_DIGITS) {
            throw malformed(field, "is no number that can be billed");
        }
        return number;
    }

    /** A number, or what stands in its place; null where that is empty. */
    @Nullable
    NumberOrText numberOrText(String field) {
        JsonNode value = json.path(field);
        if (isAbsent(value) || isNone(value) && !value.isBoolean()) {
            return null;
        }
        try {
            BigDecimal number = decimal(field);
            return number == null ? null : NumberOrText.of(number);
        } catch (Failure noNumber) {
            return NumberOrText.of(value.isContainer() ? value.toString() : String.valueOf(text(field)));
        }
    }

    /** See {@link VendorTime}; null where PHP writes that there is none. */
    @Nullable
    Instant instant(String field) {
        String text = isNone(json.path(field)) ? null : scalar(field);
        if (text == null) {
            return null;
        }
        try {
            return VendorTime.parse(json.path(field).isNumber() ? plain(field) : text);
        } catch (DateTimeException e) {
            throw malformed(field, "is no date: " + text);
        }
    }

    /** The same, and null where it can't be read. */
    @Nullable
    Instant readableInstant(String field) {
        try {
            return instant(field);
        } catch (Failure unreadable) {
            return null;
        }
    }

    private String plain(String field) {
        BigDecimal number = decimal(field);
        return number == null ? "" : number.toPlainString();
    }

    /** The text of a number or a string, null where it is absent or empty. */
    private @Nullable String scalar(String field) {
        JsonNode value = json.path(field);
        if (!isAbsent(value) && !value.isNumber() && !value.isString()) {
            throw malformed(field, "is neither a number nor text");
        }
        String text = isAbsent(value) ? "" : value.asString().strip();
        return text.isEmpty() ? null : text;
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private Failure malformed(String field, String complaint) {
        JsonNode id = json.path(SESSION_ID);
        String session = id.isString() || id.isNumber() ? " of session " + id.asString() : "";
        return Failure.malformed(place + "." + field + session + " " + complaint);
    }
}
