package dev.billingexport.api;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers the credentials that the API has accepted. If accepted credentials are refused later by an answer without
 * any of the vendor's fields, the answer is that of a firewall or a proxy in between, which mostly means "too many
 * requests". Thread-safe.
 */
final class AcceptedCredentials {

    /** Key under which a successful login is remembered. */
    static final String LOGIN = "login";

    private static final String TOKEN = "Token ";

    private final Set<String> accepted = ConcurrentHashMap.newKeySet();

    /** Records an answer of success. */
    void accepted(String authorization) {
        if (!accepted.contains(authorization)) {
            accepted.add(authorization);
        }
    }

    /** Returns whether the API has accepted any credentials. */
    boolean any() {
        return !accepted.isEmpty();
    }

    /**
     * Returns whether a refusal without any of the vendor's fields can't come from the API: it accepted these
     * credentials before, and they can't have expired since.
     */
    boolean contradict(String authorization) {
        boolean mayHaveExpired = authorization.startsWith(TOKEN) && accepted.contains(authorization);
        return !mayHaveExpired && (accepted.contains(authorization) || accepted.contains(LOGIN));
    }
}
