package dev.billingexport.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Ends an answer that is too long, or that trickles for ever, in its headers or in its body: a read time-out alone never
 * fires while a byte comes now and then. Works inside HttpClient because only there the connection can be dropped: closing
 * a body drains it.
 *
 * @param maxBytes of a body, after decompression
 * @param maxDuration until the headers are in, and again for the body
 * @param watch drops the connection of an answer whose headers never end
 */
record AnswerGuard(long maxBytes, Duration maxDuration, ScheduledExecutorService watch) implements ExecChainHandler {

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        ClassicHttpResponse response = head(request, scope, chain);
        if (response.getEntity() != null) {
            response.setEntity(new HttpEntityWrapper(response.getEntity()) {
                @Override
                public InputStream getContent() throws IOException {
                    return new GuardedStream(super.getContent(), scope);
                }
            });
        }
        return response;
    }

    private ClassicHttpResponse head(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        AtomicBoolean late = new AtomicBoolean();
        Future<?> scheduled = watch.schedule(
                () -> {
                    late.set(true);
                    scope.execRuntime.discardEndpoint();
                },
                maxDuration.toNanos(),
                TimeUnit.NANOSECONDS);
        try {
            return chain.proceed(request, scope);
        } catch (IOException e) {
            throw late.get()
                    ? new IOException("the answer had not begun after " + maxDuration.toMillis() + " ms", e)
                    : e;
        } finally {
            scheduled.cancel(false);
        }
    }

    private final class GuardedStream extends FilterInputStream {

        private final ExecChain.Scope scope;
        private final long start = System.nanoTime();
        private long bytes;

        GuardedStream(InputStream body, ExecChain.Scope scope) {
            super(body);
            this.scope = scope;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            bytes += Math.max(read, 0);
            if (bytes > maxBytes) {
                throw dropped("the answer is longer than " + maxBytes + " bytes");
            }
            if (System.nanoTime() - start > maxDuration.toNanos()) {
                throw dropped("the answer was not complete after " + maxDuration.toMillis() + " ms");
            }
            return read;
        }

        private IOException dropped(String reason) {
            scope.execRuntime.discardEndpoint();
            return new IOException(reason);
        }
    }
}
