package dev.billingexport.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StreamUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads any body, whatever its declared type: a proxy's HTML page becomes a payload with a flaw. Decimals keep their
 * digits, they never pass through a double. However many bodies come at once, and whatever they hold, they fit into a
 * small heap. Thread-safe.
 */
final class PayloadReader {

    /** Objects and lists cost fifty times the two bytes that they are written with; no session has as many call details. */
    private static final long MAX_TOKENS = 500_000;

    /** In one go; what a field may have is less, and {@link Row} then says which it was. */
    private static final int MAX_TEXT_LENGTH = 2_000_000;

    /** Longer bodies are read one at a time. */
    private static final int LARGE = 1 << 20;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(MAX_TOKENS)
                            .maxStringLength(MAX_TEXT_LENGTH)
                            .build())
                    .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final ReentrantLock large = new ReentrantLock(true);

    /**
     * Reads it to its end.
     *
     * @param charset as its header names it, null where it names none
     * @param length negative where nobody knows
     */
    Payload read(InputStream body, @Nullable Charset charset, long length) throws IOException {
        Payload payload = 0 <= length && length < LARGE ? read(body, charset) : readOfAnyLength(body, charset);
        return payload.json() == null ? unread(body, payload) : payload;
    }

    /** Reads the rest of what isn't JSON. Whoever closes a body reads it to its end too, but without any bounds. */
    static Payload unread(InputStream body, Payload flawed) throws IOException {
        body.transferTo(OutputStream.nullOutputStream());
        return flawed;
    }

    private Payload readOfAnyLength(InputStream body, @Nullable Charset charset) throws IOException {
        byte[] start = body.readNBytes(LARGE);
        InputStream whole = new ByteArrayInputStream(start);
        // A sequence closes what it has read to its end, and a closed body fails whoever drains it.
        InputStream rest = StreamUtils.nonClosing(body);
        return start.length < LARGE ? read(whole, charset) : readLarge(new SequenceInputStream(whole, rest), charset);
    }

    private Payload readLarge(InputStream body, @Nullable Charset charset) throws IOException {
        try {
            large.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another long answer was read");
        }
        try {
            return read(body, charset);
        } finally {
            large.unlock();
        }
    }

    private static Payload read(InputStream body, @Nullable Charset charset) throws IOException {
        try (JsonParser parser = parser(body, charset)) {
            try {
                JsonNode json = JSON.readTree(parser);
                if (json == null || json.isMissingNode()) {
                    return Payload.EMPTY;
                }
                return parser.nextToken() == null ? new Payload(json, null) : new Payload(null, flaw(parser));
            } catch (JacksonIOException e) {
                throw e.getCause();
            } catch (JacksonException | NumberFormatException e) {
                return new Payload(null, flaw(parser));
            }
        }
    }

    /** Jackson tells UTF-8, UTF-16 and UTF-32 apart by their first bytes, whatever a header says. */
    private static JsonParser parser(InputStream body, @Nullable Charset charset) throws IOException {
        if (charset == null || charset.name().startsWith("UTF-") || charset.equals(StandardCharsets.US_ASCII)) {
            return JSON.createParser(body);
        }
        PushbackInputStream start = new PushbackInputStream(body, BYTE_ORDER_MARK.length);
        byte[] first = start.readNBytes(BYTE_ORDER_MARK.length);
        start.unread(first);
        return Arrays.equals(first, BYTE_ORDER_MARK)
                ? JSON.createParser(start)
                // A decoder reports what is malformed, where a charset alone would replace it.
                : JSON.createParser(new InputStreamReader(start, charset.newDecoder()));
    }

    /** Says where the body breaks. Jackson's own words would quote it, and a login's answer holds a token. */
    private static String flaw(JsonParser parser) {
        return "it isn't JSON that can be read, at \""
                + parser.streamReadContext().pathAsPointer(false) + "\", byte "
                + Math.max(
                        parser.currentLocation().getByteOffset(),
                        parser.currentLocation().getCharOffset());
    }
}
