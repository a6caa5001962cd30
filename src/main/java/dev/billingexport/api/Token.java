package dev.billingexport.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An access token.
 *
 * @param renewAt when to get a new token, before this one expires; null where its lifetime is unknown
 */
record Token(String value, @Nullable Instant renewAt) {

    String authorization() {
        return "Token " + value;
    }

    boolean isDue(Instant now) {
        return renewAt != null && !now.isBefore(renewAt);
    }

    @Override
    public String toString() {
        return "Token[renewAt=" + renewAt + "]";
    }
}
