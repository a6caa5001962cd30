package dev.billingexport.api;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The credentials that the API has accepted. Whoever refuses those later on without any of the vendor's fields is a firewall or a proxy
 * before it, and mostly means that there are too many requests. Thread-safe.
 */
final class AcceptedCredentials {

    /** Stands for the credentials of the login. */
    static final String LOGIN = "login";

    private static final String TOKEN = "Token ";

    private final Set<String> accepted = ConcurrentHashMap.newKeySet();

    /** Told of each answer of success. */
    void accepted(String authorization) {
        if (!accepted.contains(authorization)) {
            accepted.add(authorization);
        }
    }

    /** Whether it ever accepted any. */
    boolean any() {
        return !accepted.isEmpty();
    }

    /** Whether a refusal without any of the vendor's fields can't be meant for these. */
    boolean contradict(String authorization) {
        boolean mayHaveExpired = authorization.startsWith(TOKEN) && accepted.contains(authorization);
        return !mayHaveExpired && (accepted.contains(authorization) || accepted.contains(LOGIN));
    }
}
