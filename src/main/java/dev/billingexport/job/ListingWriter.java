package dev.billingexport.job;

import dev.billingexport.ledger.Ledger;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStream;

/**
 * Writes the result of a window's listing to the ledger, in the transaction of the window's last chunk. A step listener
 * would be too late: Batch marks the window as complete before it calls listeners, and only logs their exceptions.
 */
final class ListingWriter implements ItemStream {

    private final Ledger ledger;
    private final CurrentStep step;
    private final SessionPageReader sessions;
    private final FetchAhead ahead;

    ListingWriter(Ledger ledger, CurrentStep step, SessionPageReader sessions, FetchAhead ahead) {
        this.ledger = ledger;
        this.step = step;
        this.sessions = sessions;
        this.ahead = ahead;
    }

    /** Called by Batch before each commit, after the chunk's sessions are written. */
    @Override
    public void update(ExecutionContext context) {
        if (ahead.ended()) {
            ledger.listed(step.run(), step.window(), sessions.listing());
        }
    }
}
