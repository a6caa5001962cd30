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
        long sessions = progress.sessions();
        double rate = (sessions - sessionsBefore) / (double) interval.toSeconds();
        LOG.info(ProgressText.of(progress) + String.format(Locale.ROOT, ", %.1f a second", rate));
        sessionsBefore = sessions;
    }
}
