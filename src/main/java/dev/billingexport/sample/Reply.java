package dev.billingexport.sample;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hc.core5.http.ContentType;

/** What goes back: status, headers beside those of the body, and the body in full. */
record Reply(int status, ContentType contentType, Map<String, String> headers, byte[] body) {

    private static final ContentType HTML = ContentType.TEXT_HTML.withCharset(StandardCharsets.UTF_8);

    static Reply json(int status, String body) {
        return new Reply(status, ContentType.APPLICATION_JSON, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    static Reply html(int status, String body) {
        return new Reply(status, HTML, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    /** The API's error body; the code is text there, whatever a success looks like. */
    static Reply error(int status, int code, String message) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("result", Integer.toString(code));
        error.put("msg", message);
        error.put("desc", message);
        return json(status, Json.write(error));
    }

    Reply header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, contentType, more, body);
    }
}
