package dev.billingexport.delivery;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes {@code manifest.json}: fields in the order of {@link Manifest}, plain numbers, LF at line ends. */
final class ManifestJson {

    /** Far more than a manifest with the largest number of files. */
    static final int MAX_BYTES = 1 << 25;

    /** Twice the tokens of a manifest with the largest number of files. */
    private static final int MAX_TOKENS = 4_000_000;

    private static final int MAX_DEPTH = 100;

    private static final DefaultIndenter LF = new DefaultIndenter("  ", "\n");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxTokenCount(MAX_TOKENS)
                            .build())
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .defaultPrettyPrinter(
                    new DefaultPrettyPrinter().withObjectIndenter(LF).withArrayIndenter(LF))
            .build();

    private ManifestJson() {}

    static byte[] write(Manifest manifest) {
        return (JSON.writeValueAsString(manifest) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads the manifest of a delivery.
     *
     * @param where names it in the message
     * @throws DeliveryException if the bytes are not a manifest
     */
    static Manifest read(byte[] json, Object where) {
        try {
            return read(json);
        } catch (IllegalArgumentException foreign) {
            throw new DeliveryException(
                    where + " is not a manifest: " + foreign.getMessage() + " Nothing was changed. Move it away, then"
                            + " try again.",
                    foreign);
        }
    }

    /** @throws IllegalArgumentException if the bytes are not a manifest */
    static Manifest read(byte[] json) {
        if (json.length > MAX_BYTES) {
            throw new IllegalArgumentException("It has more than " + MAX_BYTES + " bytes.");
        }
        // Read first: the fields of a later version may have another meaning, so nothing else of it is read.
        int version = parse(json, VersionOnly.class).manifestVersion();
        if (version > Manifest.VERSION) {
            throw Manifest.unknownVersion(version);
        }
        return parse(json, Manifest.class);
    }

    private static <T> T parse(byte[] json, Class<T> type) {
        T parsed;
        try {
            parsed = JSON.readValue(json, type);
        } catch (JacksonException unreadable) {
            throw new IllegalArgumentException(unreadable.getOriginalMessage(), unreadable);
        }
        if (parsed == null) {
            throw new IllegalArgumentException("The manifest is null.");
        }
        return parsed;
    }

    private record VersionOnly(int manifestVersion) {}
}
