package dev.billingexport.ledger;

import dev.billingexport.session.Session;
import dev.billingexport.session.Window;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When and in which window a session was read. The API completes details some time after a session's end, so an early
 * reading may be incomplete.
 *
 * @param at when the details were requested
 * @param window the window that listed the session
 */
public record Reading(Instant at, Window window) {

    /** Returns when both the session and its window had ended; null where the session had not ended. */
    @Nullable
    Instant end(Session session) {
        Instant disconnected = session.disconnectDt();
        if (disconnected == null) {
            return null;
        }
        return disconnected.isAfter(window.end()) ? disconnected : window.end();
    }
}
