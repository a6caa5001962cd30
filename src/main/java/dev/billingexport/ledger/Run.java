package dev.billingexport.ledger;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run, as the ledger knows it.
 *
 * @param id the number that users know it by
 * @param arguments the command-line arguments that launch it again
 * @param deliveredAt null until it is delivered
 * @param location the revision's folder, null until it is delivered
 * @param renderedFrom the run whose sessions it delivers again without querying the API; null where it collects its own
 */
public record Run(
        long id,
        RunKey key,
        List<String> arguments,
        Instant createdAt,
        @Nullable Instant deliveredAt,
        @Nullable URI location,
        @Nullable Long renderedFrom) {

    /** Returns the id of the run that collected the sessions of this one. */
    public long collectedBy() {
        return renderedFrom == null ? id : renderedFrom;
    }

    /** Returns whether the run is delivered. */
    public boolean delivered() {
        return deliveredAt != null;
    }
}
