package dev.billingexport.api;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads any body, whatever its declared type: a proxy's HTML page becomes a payload with a flaw. Decimals keep their
 * digits, they never pass through a double.
 */
final class PayloadReader extends AbstractHttpMessageConverter<Payload> {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    PayloadReader() {
        super(MediaType.ALL);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == Payload.class;
    }

    @Override
    public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected Payload readInternal(Class<? extends Payload> type, HttpInputMessage message) throws IOException {
        byte[] body = message.getBody().readAllBytes();
        try (JsonParser parser = JSON.createParser(body)) {
            try {
                JsonNode json = JSON.readTree(parser);
                if (json == null || json.isMissingNode()) {
                    return new Payload(null, "it is empty");
                }
                return parser.nextToken() == null ? new Payload(json, null) : new Payload(null, flaw(parser));
            } catch (JacksonException | NumberFormatException e) {
                return new Payload(null, flaw(parser));
            }
        }
    }

    /** Says where the body breaks. Jackson's own words would quote it, and a login's answer holds a token. */
    private static String flaw(JsonParser parser) {
        return "it isn't JSON that can be read, at \""
                + parser.streamReadContext().pathAsPointer(true) + "\", byte "
                + parser.currentLocation().getByteOffset();
    }

    @Override
    protected void writeInternal(Payload payload, HttpOutputMessage message) {
        throw new UnsupportedOperationException("Payloads are only read.");
    }
}
