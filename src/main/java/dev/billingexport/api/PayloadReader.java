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
 * Reads a body as JSON, whatever type it declares; an HTML page of a proxy becomes a payload with a flaw. Decimals keep
 * their digits, because they never become a double. Memory is bounded for any number of bodies at once and any content.
 * Thread-safe.
 */
final class PayloadReader {

    /**
     * Bounds the memory: an object or list takes about fifty times the two bytes it is written with. No session has
     * this many call details.
     */
    private static final long MAX_TOKENS = 500_000;

    /** Bounds the memory for one text. {@link Row} has a lower limit, and names the field. */
    private static final int MAX_TEXT_LENGTH = 2_000_000;

    /** Bodies of at least this many bytes are parsed one at a time. */
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
     * Reads a body to its end.
     *
     * @param charset the charset that the header names, null where it names none
     * @param length in bytes, negative where it is unknown
     */
    Payload read(InputStream body, @Nullable Charset charset, long length) throws IOException {
        Payload payload = 0 <= length && length < LARGE ? read(body, charset) : readOfAnyLength(body, charset);
        return payload.json() == null ? unread(body, payload) : payload;
    }

    /** Reads the rest of a body that isn't JSON. Closing the body would read the rest too, but without any limit. */
    static Payload unread(InputStream body, Payload flawed) throws IOException {
        body.transferTo(OutputStream.nullOutputStream());
        return flawed;
    }

    private Payload readOfAnyLength(InputStream body, @Nullable Charset charset) throws IOException {
        byte[] start = body.readNBytes(LARGE);
        InputStream whole = new ByteArrayInputStream(start);
        // SequenceInputStream closes a stream at its end, and a closed body fails when the rest is read.
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

    /** Jackson recognizes UTF-8, UTF-16 and UTF-32 by the first bytes; only other charsets need the header. */
    private static JsonParser parser(InputStream body, @Nullable Charset charset) throws IOException {
        if (charset == null || charset.name().startsWith("UTF-") || charset.equals(StandardCharsets.US_ASCII)) {
            return JSON.createParser(body);
        }
        PushbackInputStream start = new PushbackInputStream(body, BYTE_ORDER_MARK.length);
        byte[] first = start.readNBytes(BYTE_ORDER_MARK.length);
        start.unread(first);
        return Arrays.equals(first, BYTE_ORDER_MARK)
                ? JSON.createParser(start)
                // A decoder reports malformed input, whereas a Charset would replace it.
                : JSON.createParser(new InputStreamReader(start, charset.newDecoder()));
    }

    /**
     * Describes where the body stops being JSON. Jackson's own message would quote the body, and the answer to a login
     * holds a token.
     */
    private static String flaw(JsonParser parser) {
        return "it isn't valid JSON, at \""
                + parser.streamReadContext().pathAsPointer(false) + "\", byte "
                + Math.max(
                        parser.currentLocation().getByteOffset(),
                        parser.currentLocation().getCharOffset());
    }
}
