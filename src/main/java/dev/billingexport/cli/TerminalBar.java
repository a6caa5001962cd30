package dev.billingexport.cli;

import dev.billingexport.job.ExportProgress;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar for each stage of the run, counting its windows or files. */
final class TerminalBar implements Progress.View {

    private static final int INTERVAL_MILLIS = 250;

    /** A wider bar would not be clearer. */
    private static final int MAX_WIDTH = 120;

    /** A narrower bar has no room for the estimated time. */
    private static final int MIN_WIDTH_WITH_ETA = 70;

    private final ProgressText text;
    private final Screen screen;
    private ExportProgress.@Nullable Stage shown;
    private @Nullable ProgressBar bar;

    TerminalBar(ProgressText text, Screen screen) {
        this.text = text;
        this.screen = screen;
    }

    @Override
    public void show() {
        ExportProgress.Stage stage = text.progress().stage();
        if (stage != shown) {
            end();
            shown = stage;
            if (stage.parts() > 0) {
                bar = start(stage);
            }
        }
        ProgressBar current = bar;
        if (current == null) {
            screen.status(text.waiting().orElseGet(text::counts));
        } else {
            current.stepTo(Math.min(text.progress().done(), stage.parts()));
            current.setExtraMessage(text.sessions());
        }
    }

    @Override
    public void end() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
        screen.status("");
    }

    private ProgressBar start(ExportProgress.Stage stage) {
        int width = Math.min(screen.width() - 1, MAX_WIDTH);
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName(stage.name())
                .setInitialMax(stage.parts())
                .setUnit(" " + stage.unit(), 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(INTERVAL_MILLIS)
                .continuousUpdate()
                .setConsumer(new StatusLine(width));
        return (width < MIN_WIDTH_WITH_ETA ? builder.hideEta() : builder).build();
    }

    /** The library's own consumers open a terminal, which handles SIGINT, and leave the bar on the screen. */
    private final class StatusLine implements ProgressBarConsumer {

        private final int width;

        StatusLine(int width) {
            this.width = width;
        }

        @Override
        public int getMaxRenderedLength() {
            return width;
        }

        @Override
        public void accept(String rendered) {
            screen.status(text.waiting().orElse(rendered));
        }

        @Override
        public void clear() {}

        @Override
        public void close() {}
    }
}
