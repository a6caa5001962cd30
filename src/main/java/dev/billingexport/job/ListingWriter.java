package dev.billingexport.job;

import dev.billingexport.ledger.Ledger;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStream;

/**
 * Enters into the ledger what a window's listing means, in the transaction of the window's last chunk. A listener after
 * the step would be too late: Batch marks the window as complete before it calls one, and only logs what one throws.
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

    /** Batch calls this before each commit, with the chunk's sessions already written. */
    @Override
    public void update(ExecutionContext context) {
        if (ahead.ended()) {
            ledger.listed(step.run(), step.window(), sessions.listing());
        }
    }
}
