package dev.billingexport.cli;

import java.io.PrintWriter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes and reads the documents of {@code --json}: names as in the manifest, ISO times, exact numbers, and no
 * character that a terminal executes.
 */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private Json() {}

    /** Returns a document with a line feed at its end. */
    static String write(Object value) {
        return MAPPER.writeValueAsString(value).replace("\r\n", "\n").replace("\u007f", "\\u007f") + "\n";
    }

    /** Writes a document as it is produced. Flushes, but doesn't close. */
    static void write(Object value, PrintWriter out) {
        MAPPER.writer().without(StreamWriteFeature.AUTO_CLOSE_TARGET).writeValue(out, value);
        out.println();
        out.flush();
    }

    /** @throws tools.jackson.core.JacksonException if the text is not such a document */
    static <T> T read(String text, Class<T> type) {
        return MAPPER.readValue(text, type);
    }
}
