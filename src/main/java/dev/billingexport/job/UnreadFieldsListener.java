package dev.billingexport.job;

import dev.billingexport.api.ReportingClient;
import dev.billingexport.ledger.UnreadFieldCounts;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;

/**
 * Stores the fields that this program doesn't read, after each window. The counts of a window are lost if the process
 * is killed in it.
 */
@Component
class UnreadFieldsListener implements StepExecutionListener {

    private final ReportingClient client;
    private final UnreadFieldCounts counts;
    private final CurrentStep step;

    /** Windows end concurrently, and two could insert the same new name. */
    private final ReentrantLock turn = new ReentrantLock();

    UnreadFieldsListener(ReportingClient client, UnreadFieldCounts counts, CurrentStep step) {
        this.client = client;
        this.counts = counts;
        this.step = step;
    }

    @Override
    public @Nullable ExitStatus afterStep(StepExecution execution) {
        turn.lock();
        try {
            Map<String, Long> times = client.unreadFields().drain();
            if (!times.isEmpty()) {
                counts.add(step.run(), times);
            }
        } finally {
            turn.unlock();
        }
        return null;
    }
}
