package dev.billingexport.sample;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that has arrived and isn't answered yet.
 *
 * @param sessionId whose details are asked for; null for a listing or a login
 * @param appType {@code X-App-Type} as it was sent, null where it is missing
 * @param query the decoded query parameters, the last one of each name
 */
public record SampleRequest(
        Route route, @Nullable String sessionId, @Nullable String appType, Map<String, String> query) {}
