package dev.billingexport.cli;

import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows progress as log lines with the rate since the previous line, where there is no terminal. */
final class LogLine implements Progress.View {

    private static final Logger LOG = LoggerFactory.getLogger(LogLine.class);

    private final ProgressText text;
    private final Duration interval;
    private long collectedBefore;

    LogLine(ProgressText text, Duration interval) {
        this.text = text;
        this.interval = interval;
    }

    @Override
    public void show() {
        long collected = text.progress().collected();
        double rate = (collected - collectedBefore) / (double) interval.toSeconds();
        LOG.info(text.counts()
                + text.waiting().map(wait -> "; " + wait).orElse(String.format(Locale.ROOT, ", %.1f a second", rate)));
        collectedBefore = collected;
    }
}
