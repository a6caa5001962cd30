package dev.billingexport.ledger;

import dev.billingexport.session.CallDetail;
import dev.billingexport.session.NumberOrText;
import dev.billingexport.session.Recording;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * Encodes a session's call details and recordings for its row: JSON, with an array for each record that holds the
 * record's fields in order, times in milliseconds since 1970 and numbers as text with their original digits. A new
 * field must be added last; older rows lack it. Written by hand, because data binding took 1.6 times as long to read
 * them.
 */
final class DetailRows {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String NONE = "[]";

    /** Prefix of a text in place of a number. */
    private static final String TEXT = "'";

    private DetailRows() {}

    static String ofCallDetails(List<CallDetail> details) {
        return write(
                details,
                (row, detail) -> row.text(detail.callNum())
                        .text(detail.callLogId())
                        .time(detail.connectDt())
                        .time(detail.disconnectDt())
                        .number(detail.duration())
                        .text(detail.userRef())
                        .text(detail.name())
                        .text(detail.role())
                        .text(detail.ip())
                        .text(detail.agent()));
    }

    static List<CallDetail> callDetails(String rows) {
        return read(
                rows,
                row -> new CallDetail(
                        row.text(),
                        row.text(),
                        row.time(),
                        row.time(),
                        row.number(),
                        row.text(),
                        row.text(),
                        row.text(),
                        row.text(),
                        row.text()));
    }

    static String ofRecordings(List<Recording> recordings) {
        return write(
                recordings,
                (row, recording) -> row.text(recording.file())
                        .number(recording.playTime())
                        .figure(recording.stage())
                        .time(recording.startTime())
                        .time(recording.endTime())
                        .figure(recording.fileSize()));
    }

    static List<Recording> recordings(String rows) {
        return read(
                rows,
                row -> new Recording(row.text(), row.number(), row.figure(), row.time(), row.time(), row.figure()));
    }

    private static <T> String write(List<T> details, BiConsumer<Written, T> fields) {
        if (details.isEmpty()) {
            return NONE;
        }
        StringWriter rows = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), rows)) {
            Written row = new Written(json);
            json.writeStartArray();
            for (T detail : details) {
                json.writeStartArray();
                fields.accept(row, detail);
                json.writeEndArray();
            }
            json.writeEndArray();
        }
        return rows.toString();
    }

    private static <T> List<T> read(String rows, Function<Stored, T> fields) {
        if (rows.equals(NONE)) {
            return List.of();
        }
        List<T> details = new ArrayList<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), rows)) {
            Stored row = new Stored(json);
            row.require(json.nextToken() == JsonToken.START_ARRAY);
            while (json.nextToken() != JsonToken.END_ARRAY) {
                row.require(json.currentToken() == JsonToken.START_ARRAY);
                details.add(fields.apply(row));
                row.end();
            }
            row.require(json.nextToken() == null);
        }
        return details;
    }

    private record Written(JsonGenerator json) {

        Written text(@Nullable String value) {
            json.writeString(value);
            return this;
        }

        Written time(@Nullable Instant value) {
            if (value == null) {
                json.writeNull();
            } else {
                json.writeNumber(value.toEpochMilli());
            }
            return this;
        }

        Written number(@Nullable BigDecimal value) {
            return text(RowMappers.text(value));
        }

        Written figure(@Nullable NumberOrText value) {
            return value == null || value.text() == null
                    ? number(value == null ? null : value.number())
                    : text(TEXT + value.text());
        }
    }

    private record Stored(JsonParser json) {

        @Nullable
        String text() {
            return next() ? json.getString() : null;
        }

        @Nullable
        Instant time() {
            return next() ? Instant.ofEpochMilli(json.getLongValue()) : null;
        }

        @Nullable
        BigDecimal number() {
            return next() ? new BigDecimal(json.getString()) : null;
        }

        @Nullable
        NumberOrText figure() {
            String value = text();
            if (value == null) {
                return null;
            }
            return value.startsWith(TEXT)
                    ? NumberOrText.of(value.substring(TEXT.length()))
                    : NumberOrText.of(new BigDecimal(value));
        }

        /** Moves to the next field and returns whether there is one that isn't null. */
        private boolean next() {
            if (json.currentToken() == JsonToken.END_ARRAY || json.nextToken() == JsonToken.END_ARRAY) {
                return false;
            }
            require(json.currentToken().isScalarValue());
            return json.currentToken() != JsonToken.VALUE_NULL;
        }

        /** Damaged data must not be read as fewer details. */
        void require(boolean expected) {
            if (!expected) {
                throw new StreamReadException(json, "Not the encoding of a session's details");
            }
        }

        void end() {
            while (json.currentToken() != JsonToken.END_ARRAY) {
                json.nextToken();
            }
        }
    }
}
