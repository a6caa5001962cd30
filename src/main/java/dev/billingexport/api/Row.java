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
 * One object in an answer's list. A missing field and null are null. A number may be written as a string and the other
 * way round. Any other type makes the answer malformed.
 *
 * @param place position in the answer, for messages
 */
record Row(JsonNode json, String place) {

    private static final String SESSION_ID = "session_id";

    /** Fields in which an answer repeats the request or the requested session. */
    private static final Set<String> ECHOES = Set.of("search", "session");

    private static final Pattern DIGITS = Pattern.compile("\\d+");

    /** More than any bill needs. Keeps {@code 1e999999} from becoming a megabyte of zeros later. */
    private static final int MAX_DIGITS = 100;

    /** The digits, and room for a sign, a point and an exponent. */
    private static final int MAX_NUMBER_LENGTH = MAX_DIGITS + 20;

    /**
     * Less than a column of the ledger holds and more than any name needs: a spreadsheet's cell holds 32,767
     * characters.
     */
    private static final int MAX_TEXT_LENGTH = 1_000_000;

    /**
     * Returns the rows of a list. PHP may write a list with gaps as an object with digits for names, and an empty list
     * in many ways.
     *
     * @throws Failure if the field holds anything else; treating it as an empty list would bill too little
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
            throw Failure.malformed(list + " is not a list");
        }
        List<Row> rows = new ArrayList<>();
        for (JsonNode value : json.values()) {
            Row row = new Row(value, list + "[" + rows.size() + "]");
            if (!value.isObject()) {
                throw Failure.malformed(row.place + " is not an object");
            }
            rows.add(row);
        }
        return rows;
    }

    /** Returns whether the value stands for a list without rows. */
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

    /** Refuses an answer that has a list of another name in place of this one. */
    private static void requireNothingInstead(JsonNode answer, String list) {
        for (Map.Entry<String, JsonNode> field : answer.properties()) {
            if (field.getValue().isContainer() && !field.getValue().isEmpty() && !ECHOES.contains(field.getKey())) {
                throw Failure.malformed(list + " is missing, but it has " + field.getKey());
            }
        }
    }

    /** Returns the id of the session that the row belongs to. */
    String sessionId() {
        String id = text(SESSION_ID);
        if (id == null || id.isBlank()) {
            throw Failure.malformed(place + " has no " + SESSION_ID);
        }
        return id;
    }

    /** Returns {@link #sessionId()}, or for a row without one a name that is the same each time the row is listed. */
    String nameOfSession() {
        try {
            return sessionId();
        } catch (Failure unnamed) {
            return "unnamed-" + UUID.nameUUIDFromBytes(json.toString().getBytes(UTF_8));
        }
    }

    /** Returns text exactly as sent, or the digits of a number. */
    @Nullable
    String text(String field) {
        JsonNode value = json.path(field);
        if (value.isContainer()) {
            throw malformed(field, "is not text");
        }
        String text = isAbsent(value) ? null : value.asString();
        if (text != null && text.length() > MAX_TEXT_LENGTH) {
            throw malformed(field, "is longer than " + MAX_TEXT_LENGTH + " characters");
        }
        return text;
    }

    /** Returns the text of the first of two fields that is present. */
    @Nullable
    String text(String field, String otherName) {
        String text = text(field);
        return text != null ? text : text(otherName);
    }

    /** Returns a number with the digits that were sent, null where it is an empty string. */
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
            throw malformed(field, "is not a number: " + text);
        }
        if (number == null || number.precision() > MAX_DIGITS || Math.abs((long) number.scale()) > MAX_DIGITS) {
            throw malformed(field, "is too large or too precise a number to be billed");
        }
        return number;
    }

    /** Returns a number, or the text in its place; null where it is empty. */
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

    /** Returns a point in time as {@link VendorTime} reads it; null where the value stands for "none". */
    @Nullable
    Instant instant(String field) {
        String text = isNone(json.path(field)) ? null : scalar(field);
        if (text == null) {
            return null;
        }
        try {
            return VendorTime.parse(json.path(field).isNumber() ? plain(field) : text);
        } catch (DateTimeException e) {
            throw malformed(field, "is not a date: " + text);
        }
    }

    /** As {@link #instant}, but returns null where the value can't be read. */
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

    /** Returns the text of a number or a string, null where it is missing or empty. */
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
