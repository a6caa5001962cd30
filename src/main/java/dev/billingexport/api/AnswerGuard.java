package dev.billingexport.api;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.commons.io.input.BoundedInputStream;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * Ends an answer that is too long, or that never ends, whichever part of it trickles: a read time-out alone never fires
 * while a byte comes now and then.
 *
 * @param maxBytes of a body, after decompression
 * @param maxDuration from the request to the end of the body
 * @param watch cancels the requests that take longer
 */
record AnswerGuard(long maxBytes, Duration maxDuration, ScheduledExecutorService watch) {

    /** Puts a question, and cancels its request when the time is over. */
    Answer inTime(Cancellable request, Requests.Question question) throws IOException {
        AtomicBoolean late = new AtomicBoolean();
        Runnable cancel = () -> {
            late.set(true);
            request.cancel();
        };
        Future<?> deadline = watch.schedule(cancel, maxDuration.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return question.put();
        } catch (IOException | RuntimeException e) {
            // HttpClient takes a connection that is gone for a mistake of its caller, where it isn't just reading.
            if (late.get()) {
                throw new IOException("the answer was not complete after " + maxDuration.toMillis() + " ms", e);
            }
            throw e;
        } finally {
            deadline.cancel(false);
        }
    }

    /** A body that fails when it turns out to be too long. */
    InputStream bounded(InputStream body) throws IOException {
        return BoundedInputStream.builder()
                .setInputStream(body)
                // Reached once so much was read, even where nothing follows.
                .setMaxCount(maxBytes + 1)
                .setOnMaxCount((limit, count) -> {
                    throw new IOException("the answer is longer than " + maxBytes + " bytes");
                })
                .get();
    }
}
