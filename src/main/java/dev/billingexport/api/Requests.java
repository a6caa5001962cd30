package dev.billingexport.api;

import java.io.IOException;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes single requests within the limits, and only while the API is up. Thread-safe. */
record Requests(RequestLimiter limiter, Outage outage, AcceptedCredentials accepted, Clock clock) {

    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    /** Makes one HTTP request. */
    interface Question {
        Answer put() throws IOException;
    }

    /**
     * Makes a request and returns the body of a successful answer, or {@link ResponseClassifier#NO_ROWS}.
     *
     * @param authorization value of the {@code Authorization} header
     * @throws Failure for every other answer, or where there is none
     */
    JsonNode ask(Route route, String authorization, Question question) {
        Supplier<JsonNode> request = () -> limiter.admit(() -> answer(route, authorization, question));
        return make(request, request::get);
    }

    /**
     * Logs in and returns the body of the answer, which need not state success.
     *
     * @throws Failure for every other answer, or where there is none
     */
    JsonNode logIn(Question login) {
        return make(() -> limiter.admit(() -> answer(Route.LOGIN, AcceptedCredentials.LOGIN, login)), null);
    }

    private JsonNode make(Supplier<JsonNode> request, @Nullable Runnable repeatable) {
        while (true) {
            outage.await();
            try {
                JsonNode answer = request.get();
                outage.succeeded(repeatable);
                return answer;
            } catch (Failure failure) {
                if (!failure.kind().isTransient()) {
                    outage.succeeded(null);
                    throw failure;
                }
                if (!outage.explains(failure, request::get)) {
                    throw failure;
                }
            }
        }
    }

    private JsonNode answer(Route route, String authorization, Question question) {
        Answer answer;
        try {
            answer = question.put();
        } catch (IOException e) {
            throw unanswered(e);
        }
        if (answer.status() == PROXY_AUTHENTICATION_REQUIRED) {
            throw new Failure(
                    Failure.Kind.UNREACHABLE,
                    Integer.toString(answer.status()),
                    "HTTP 407: the proxy asks for a user and a password. Set HTTPS_PROXY in the environment, such as"
                            + " http://user:password@proxy.example.com:3128.",
                    null,
                    null);
        }
        try {
            JsonNode body = ResponseClassifier.classify(answer, route, clock);
            accepted.accepted(authorization);
            return body;
        } catch (Failure failure) {
            boolean byAnother = failure.kind() == Failure.Kind.DENIED
                    && !Envelope.hasFieldsOfVendor(answer.payload().json())
                    && accepted.contradict(authorization);
            throw byAnother ? failure.byAnother() : failure;
        }
    }

    private static Failure unanswered(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UntrustedCertificateException) {
                return new Failure(Failure.Kind.UNREACHABLE, null, String.valueOf(cause.getMessage()), null, failure);
            }
        }
        String reason = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        return new Failure(Failure.Kind.UNAVAILABLE, null, reason, null, failure);
    }
}
