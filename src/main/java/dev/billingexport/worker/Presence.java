package dev.billingexport.worker;

import dev.billingexport.job.ExportProgress;
import dev.billingexport.ledger.Workers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Enters every two seconds that this worker is there and how fast it is, and tells of launches that it can't work for. */
final class Presence implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    private static final Duration INTERVAL = Duration.ofSeconds(2);

    /** Of the rate that is shown, how much the last interval weighs. */
    private static final double NEWEST = 0.3;

    private final Workers workers;
    private final long worker;
    private final String export;
    private final SharedSettings settings;
    private final ExportProgress progress;
    private final Consumer<String> out;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "presence");
        thread.setDaemon(true);
        return thread;
    });
    private long counted;
    private double perSecond;
    private String lastHandover = "";

    Presence(
            Workers workers,
            long worker,
            String export,
            SharedSettings settings,
            ExportProgress progress,
            Consumer<String> out) {
        this.workers = workers;
        this.worker = worker;
        this.export = export;
        this.settings = settings;
        this.progress = progress;
        this.out = out;
    }

    void begin() {
        timer.scheduleWithFixedDelay(this::tell, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tell() {
        try {
            long now = progress.collected();
            perSecond += NEWEST * ((now - counted) / (double) INTERVAL.toSeconds() - perSecond);
            counted = now;
            workers.seen(worker, perSecond);
            workers.handover(export).ifPresent(this::compare);
        } catch (RuntimeException e) {
            LOG.debug("The worker could not be entered as seen", e);
        }
    }

    private void compare(Workers.Handover handover) {
        String said = handover.run() + "\n" + handover.settings();
        List<String> differences = settings.differences(SharedSettings.parse(handover.settings()));
        if (!said.equals(lastHandover) && !differences.isEmpty()) {
            out.accept("Takes nothing of run " + handover.run() + ", whose process has other settings: "
                    + String.join("; ", differences) + ".");
        }
        lastHandover = said;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            workers.left(worker);
        } catch (RuntimeException e) {
            LOG.debug("The worker could not be entered as gone", e);
        }
    }
}
