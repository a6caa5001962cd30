package dev.billingexport.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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

    /** Far beyond any bill; keeps {@code 1e999999} from becoming a megabyte of zeros later on. */
    private static final int MAX_DIGITS = 100;

    /** A digit each, a sign, a point and an exponent. */
    private static final int MAX_NUMBER_LENGTH = MAX_DIGITS + 20;

    /** Less than a column of the ledger holds, and more than any name: a spreadsheet's cell ends at 32,767. */
    private static final int MAX_TEXT_LENGTH = 1_000_000;

    /**
     * The rows of a list.
     *
     * @param nullIsEmpty whether null stands for a list without rows
     * @throws Failure where there is no such list: to take that for an empty one would bill too little
     */
    static List<Row> of(JsonNode answer, String list, boolean nullIsEmpty) {
        JsonNode array = answer.path(list);
        if (array.isNull() && nullIsEmpty) {
            return List.of();
        }
        if (!array.isArray()) {
            throw Failure.malformed(list + " is missing or no list");
        }
        List<Row> rows = new ArrayList<>();
        for (JsonNode json : array) {
            Row row = new Row(json, list + "[" + rows.size() + "]");
            if (!json.isObject()) {
                throw Failure.malformed(row.place + " is no object");
            }
            rows.add(row);
        }
        return rows;
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

    /** See {@link VendorTime}; null where it is an empty string. */
    @Nullable
    Instant instant(String field) {
        String text = scalar(field);
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
