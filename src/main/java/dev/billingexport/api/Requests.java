package dev.billingexport.api;

import java.io.IOException;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedRuntimeException;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.JsonNode;

/** Makes single requests within the limits, while the API is up. Thread-safe. */
record Requests(Limits limits, Outage outage, Clock clock) {

    /**
     * The body of the answer to a question, which is one of success.
     *
     * @throws Failure for everything else
     */
    JsonNode ask(Supplier<ResponseEntity<Payload>> question) {
        Supplier<JsonNode> request = () -> limits.admit(() -> answer(question, true));
        return make(request, request::get);
    }

    /**
     * The body of the answer to a login, which need not say that it is one of success.
     *
     * @throws Failure for everything else
     */
    JsonNode logIn(Supplier<ResponseEntity<Payload>> login) {
        return make(() -> limits.admit(() -> answer(login, false)), null);
    }

    private JsonNode make(Supplier<JsonNode> request, @Nullable Runnable repeatable) {
        while (true) {
            outage.await();
            try {
                JsonNode answer = request.get();
                outage.succeeded(repeatable);
                return answer;
            } catch (Failure failure) {
                if (!failure.kind().mayPass()) {
                    outage.succeeded(null);
                    throw failure;
                }
                if (!outage.explains(failure)) {
                    throw failure;
                }
            }
        }
    }

    private JsonNode answer(Supplier<ResponseEntity<Payload>> request, boolean resultRequired) {
        ResponseEntity<Payload> response;
        try {
            response = request.get();
        } catch (RestClientException | HttpMessageNotWritableException e) {
            // The latter where the connection breaks while a body is sent.
            throw new Failure(Failure.Kind.UNAVAILABLE, null, reason(e), null, ioException(e));
        }
        return Verdict.on(response, resultRequired, clock);
    }

    private static String reason(NestedRuntimeException e) {
        IOException cause = ioException(e);
        return cause == null
                ? "no answer that can be read"
                : cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    private static @Nullable IOException ioException(NestedRuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io) {
                return io;
            }
        }
        return null;
    }
}
