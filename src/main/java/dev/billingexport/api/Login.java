package dev.billingexport.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Logs in and returns an access token. The names of the answer's fields are not documented, so the usual names are
 * searched at any depth.
 */
record Login(
        Credentials.Login credentials,
        ReportingApi api,
        Requests requests,
        Retries retries,
        Redaction redaction,
        Clock clock) {

    /** Share of a token's lifetime after which it is renewed. The rest is for requests under way. */
    private static final double USED = 0.8;

    private static final Duration LONGEST_LIFETIME = Duration.ofDays(365);

    /**
     * Logs in.
     *
     * @throws ApiException if the login is denied or stays unavailable
     */
    Token token() {
        redaction.hide(credentials.password());
        redaction.hide(credentials.email());
        return retries.run(Route.LOGIN, count -> {
            count.incrementAndGet();
            try {
                return read(requests.logIn(() -> api.login(credentials)));
            } catch (Failure failure) {
                boolean said = !failure.kind().isTransient()
                        && failure.kind() != Failure.Kind.DOWN
                        && failure.kind() != Failure.Kind.UNREACHABLE;
                throw said ? failure.as(Failure.Kind.DENIED) : failure;
            }
        });
    }

    private Token read(JsonNode answer) {
        JsonNode value = first(answer, "access_token", "accessToken", "token");
        if (value == null || !value.isString() || value.asString().isBlank()) {
            throw Failure.malformed("it holds neither access_token nor token");
        }
        redaction.hide(value.asString());
        JsonNode lifetime = first(answer, "expires_in", "expiresIn");
        return new Token(value.asString(), lifetime == null ? null : renewAt(lifetime.asDouble(0)));
    }

    private @Nullable Instant renewAt(double seconds) {
        boolean plausible = seconds > 0 && seconds <= LONGEST_LIFETIME.toSeconds();
        return plausible ? clock.instant().plusMillis((long) (seconds * 1000 * USED)) : null;
    }

    private static @Nullable JsonNode first(JsonNode answer, String... names) {
        for (String name : names) {
            JsonNode found = answer.findValue(name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
