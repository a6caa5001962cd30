package dev.billingexport.ledger;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run, as the ledger knows it.
 *
 * @param id the number that users name it by
 * @param arguments the command-line arguments that launch it again
 * @param deliveredAt null until it is delivered
 * @param location the revision's folder, null until it is delivered
 */
public record Run(
        long id,
        RunKey key,
        List<String> arguments,
        Instant createdAt,
        @Nullable Instant deliveredAt,
        @Nullable URI location) {

    /** Whether its files have left the house. */
    public boolean delivered() {
        return deliveredAt != null;
    }
}
