package dev.billingexport.cli;

import dev.billingexport.job.ExportProgress;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line in the log for where nobody watches, with the rate since the line before. */
final class LogLine implements Progress.View {

    private static final Logger LOG = LoggerFactory.getLogger(LogLine.class);

    private final ExportProgress progress;
    private final Duration interval;
    private long sessionsBefore;

    LogLine(ExportProgress progress, Duration interval) {
        this.progress = progress;
        this.interval = interval;
    }

    @Override
    public void show() {
        ExportProgress.Stage stage = progress.stage();
        long sessions = progress.sessions();
        LOG.info(String.format(
                Locale.ROOT,
                "%s: %d of %d done; %,d sessions collected, %.1f a second",
                stage.name(),
                progress.done(),
                stage.parts(),
                sessions,
                (sessions - sessionsBefore) / (double) interval.toSeconds()));
        sessionsBefore = sessions;
    }
}
