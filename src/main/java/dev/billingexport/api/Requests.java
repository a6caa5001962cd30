package dev.billingexport.api;

import java.io.IOException;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes single requests within the limits, while the API is up. Thread-safe. */
record Requests(Limits limits, Outage outage, Clock clock) {

    /** One request. */
    interface Question {
        Answer put() throws IOException;
    }

    /**
     * The body of the answer to a question, which is one of success.
     *
     * @throws Failure for everything else
     */
    JsonNode ask(Question question) {
        Supplier<JsonNode> request = () -> limits.admit(() -> answer(question, true));
        return make(request, request::get);
    }

    /**
     * The body of the answer to a login, which need not say that it is one of success.
     *
     * @throws Failure for everything else
     */
    JsonNode logIn(Question login) {
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

    private JsonNode answer(Question question, boolean resultRequired) {
        Answer answer;
        try {
            answer = question.put();
        } catch (IOException e) {
            String reason = e.getClass().getSimpleName() + ": " + e.getMessage();
            throw new Failure(Failure.Kind.UNAVAILABLE, null, reason, null, e);
        }
        return Verdict.on(answer, resultRequired, clock);
    }
}
