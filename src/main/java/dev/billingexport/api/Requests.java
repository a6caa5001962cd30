package dev.billingexport.api;

import java.io.IOException;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.JsonNode;

/** Makes single requests within the limits. Thread-safe. */
record Requests(Limits limits, Clock clock) {

    /**
     * The body of the answer, which is one of success.
     *
     * @param resultRequired see {@link Verdict}
     * @throws Failure for everything else
     */
    JsonNode make(Supplier<ResponseEntity<Payload>> request, boolean resultRequired) {
        ResponseEntity<Payload> response;
        try {
            response = limits.admit(request);
        } catch (RestClientException e) {
            throw new Failure(Failure.Kind.UNAVAILABLE, null, reason(e), null, ioException(e));
        }
        return Verdict.on(response, resultRequired, clock);
    }

    private static String reason(RestClientException e) {
        IOException cause = ioException(e);
        return cause == null
                ? "no answer that can be read"
                : cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    private static @Nullable IOException ioException(RestClientException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io) {
                return io;
            }
        }
        return null;
    }
}
