package dev.billingexport.testing;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** A body of which half is sent, whatever its length says; then the connection ends. */
final class TruncatedEntity extends HttpEntityWrapper {

    private final HttpEntity whole;

    TruncatedEntity(HttpEntity whole) {
        super(whole);
        this.whole = whole;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        byte[] body = EntityUtils.toByteArray(whole);
        out.write(body, 0, body.length / 2);
        out.flush();
        throw new ConnectionClosedException("The answer is cut short.");
    }
}
