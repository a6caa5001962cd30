package dev.billingexport.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Ends an answer that is too long, or that never ends, whichever part of it trickles: a read time-out alone never fires
 * while a byte comes now and then. Works inside HttpClient because only there the connection can be dropped: closing a
 * body drains it.
 *
 * @param maxBytes of a body, after decompression
 * @param maxDuration from the request to the end of the body
 * @param watch drops the connections of those that take longer
 */
record AnswerGuard(long maxBytes, Duration maxDuration, ScheduledExecutorService watch) implements ExecChainHandler {

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Deadline deadline = new Deadline(scope.execRuntime);
        ClassicHttpResponse response;
        try {
            response = chain.proceed(request, scope);
        } catch (IOException e) {
            throw deadline.failed(e);
        } catch (HttpException | RuntimeException e) {
            deadline.met();
            throw e;
        }
        if (response.getEntity() == null) {
            deadline.met();
        } else {
            response.setEntity(new HttpEntityWrapper(response.getEntity()) {
                @Override
                public InputStream getContent() throws IOException {
                    return new GuardedStream(super.getContent(), deadline);
                }
            });
        }
        return response;
    }

    private final class Deadline {

        private final ExecRuntime connection;
        private final Future<?> scheduled;
        private volatile boolean passed;

        Deadline(ExecRuntime connection) {
            this.connection = connection;
            this.scheduled = watch.schedule(this::pass, maxDuration.toNanos(), TimeUnit.NANOSECONDS);
        }

        private void pass() {
            passed = true;
            connection.discardEndpoint();
        }

        void met() {
            scheduled.cancel(false);
        }

        /** Drops the connection, for what is still to come on it may never end, and says why it failed. */
        IOException failed(IOException e) {
            met();
            connection.discardEndpoint();
            return passed
                    ? new IOException("the answer was not complete after " + maxDuration.toMillis() + " ms", e)
                    : e;
        }
    }

    private final class GuardedStream extends FilterInputStream {

        private final Deadline deadline;
        private long bytes;

        GuardedStream(InputStream body, Deadline deadline) {
            super(body);
            this.deadline = deadline;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                int read = super.read(buffer, offset, length);
                if (read < 0) {
                    deadline.met();
                }
                bytes += Math.max(read, 0);
                if (bytes > maxBytes) {
                    throw new IOException("the answer is longer than " + maxBytes + " bytes");
                }
                return read;
            } catch (IOException e) {
                throw deadline.failed(e);
            }
        }
    }
}
