package dev.billingexport.ledger;

import dev.billingexport.session.Session;
import dev.billingexport.session.Window;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When and in which window a session was read. The API makes details after a session's end, so what was read early may
 * have been read too early.
 *
 * @param at when its details were asked for
 * @param window the window that it was listed in
 */
public record Reading(Instant at, Window window) {

    /** When the session and its window had both ended; null where the session had not. */
    @Nullable
    Instant end(Session session) {
        Instant disconnected = session.disconnectDt();
        if (disconnected == null) {
            return null;
        }
        return disconnected.isAfter(window.end()) ? disconnected : window.end();
    }
}
