package dev.billingexport.sample;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks credentials: HTTP Basic, or a token that a login issued and that is valid for 15 minutes. Thread-safe. */
final class Access {

    private static final String BASIC = "Basic "
            + Base64.getEncoder()
                    .encodeToString(
                            (SampleAccount.APP_ID + ":" + SampleAccount.APP_KEY).getBytes(StandardCharsets.UTF_8));

    private static final Duration LIFETIME = Duration.ofMinutes(15);

    private final Map<String, Instant> expiries = new ConcurrentHashMap<>();
    private final InstantSource clock;

    Access(InstantSource clock) {
        this.clock = clock;
    }

    /** Accepts the value of the header {@code Authorization}, or refuses it. */
    void check(@Nullable String authorization) throws Refusal {
        if (authorization == null) {
            throw new Refusal(400, 400, "The header Authorization is missing");
        }
        if (authorization.startsWith("Token ")) {
            Instant expiry = expiries.get(authorization.substring("Token ".length()));
            if (expiry == null) {
                throw new Refusal(401, 1001, "The token is not valid");
            }
            if (!clock.instant().isBefore(expiry)) {
                throw new Refusal(403, 403, "the token has expired");
            }
        } else if (!authorization.equals(BASIC)) {
            throw new Refusal(401, 401, "The header Authorization is not valid");
        }
    }

    /** Returns the members of the answer to a login that is granted. */
    Map<String, Object> login(@Nullable String apiId, String body) throws Refusal {
        if (apiId == null) {
            throw new Refusal(400, 400, "The header X-Api-Id is missing");
        }
        JsonNode user;
        try {
            user = Json.parse(body);
        } catch (IllegalArgumentException e) {
            throw new Refusal(406, 406, "The body is not JSON");
        }
        if (!user.path("email").isString() || !user.path("password").isString()) {
            throw new Refusal(406, 406, "email and password are required");
        }
        if (!apiId.equals(SampleAccount.API_ID)
                || !user.path("email").stringValue().equals(SampleAccount.EMAIL)
                || !user.path("password").stringValue().equals(SampleAccount.PASSWORD)) {
            throw new Refusal(401, 401, "The credentials are not valid");
        }
        String token = UUID.randomUUID().toString();
        expiries.put(token, clock.instant().plus(LIFETIME));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("access_token", token);
        answer.put("user", Map.of("email", SampleAccount.EMAIL, "role", "customer"));
        return answer;
    }
}
