package dev.billingexport.sample;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** An answer: its HTTP status and its JSON. */
record Reply(int status, String body) {

    /** Returns the API's error body; the code is text there, whatever a success looks like. */
    static Reply error(int status, int code, String message) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("result", Integer.toString(code));
        error.put("msg", message);
        error.put("desc", message);
        return new Reply(status, Json.write(error));
    }

    void send(ClassicHttpResponse response) {
        response.setCode(status);
        response.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
    }
}
