package dev.billingexport.job;

import dev.billingexport.ledger.CollectedSession;
import dev.billingexport.ledger.Ledger;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Writes a chunk of sessions to the ledger, in the chunk's transaction. */
final class LedgerWriter implements ItemWriter<CollectedSession> {

    private final Ledger ledger;
    private final CurrentStep step;
    private final ExportProgress progress;

    LedgerWriter(Ledger ledger, CurrentStep step, ExportProgress progress) {
        this.ledger = ledger;
        this.step = step;
        this.progress = progress;
    }

    @Override
    public void write(Chunk<? extends CollectedSession> chunk) {
        ledger.write(step.run(), chunk.getItems());
        progress.collected(chunk.size());
    }
}
