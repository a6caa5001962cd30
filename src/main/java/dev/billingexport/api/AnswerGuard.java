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
 * Bounds the size and the duration of an answer. A read time-out alone is not enough: it never fires while single bytes
 * keep arriving.
 *
 * @param maxBytes of a body, after decompression
 * @param maxDuration from the request to the end of the body
 * @param watch cancels requests that take longer
 */
record AnswerGuard(long maxBytes, Duration maxDuration, ScheduledExecutorService watch) {

    /**
     * Makes a request and cancels it when the maximum duration is over.
     *
     * @throws IOException if the request fails or is cancelled
     */
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
            // When a request is cancelled, HttpClient may throw a RuntimeException in place of an IOException.
            if (late.get()) {
                throw new IOException("the answer was not complete after " + maxDuration.toMillis() + " ms", e);
            }
            throw e;
        } finally {
            deadline.cancel(false);
        }
    }

    /** Returns the body, bounded: reading more than the maximum throws {@link IOException}. */
    InputStream bounded(InputStream body) throws IOException {
        return BoundedInputStream.builder()
                .setInputStream(body)
                // One more than allowed: the limit is reported as soon as it is reached, even where nothing follows.
                .setMaxCount(maxBytes + 1)
                .setOnMaxCount((limit, count) -> {
                    throw new IOException("the answer is longer than " + maxBytes + " bytes");
                })
                .get();
    }
}
