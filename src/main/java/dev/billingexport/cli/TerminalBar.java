package dev.billingexport.cli;

import dev.billingexport.job.ExportProgress;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar for each stage of the run, counting its windows or files. */
final class TerminalBar implements Progress.View {

    private final ExportProgress progress;
    private ExportProgress.@Nullable Stage shown;
    private @Nullable ProgressBar bar;

    TerminalBar(ExportProgress progress) {
        this.progress = progress;
    }

    @Override
    public void show() {
        ExportProgress.Stage stage = progress.stage();
        ProgressBar current = bar;
        if (current == null || stage != shown) {
            end();
            shown = stage;
            current = start(stage);
            bar = current;
        }
        current.stepTo(Math.min(progress.done(), stage.parts()));
        current.setExtraMessage("%,d sessions".formatted(progress.sessions()));
    }

    @Override
    public void end() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    private static ProgressBar start(ExportProgress.Stage stage) {
        return new ProgressBarBuilder()
                .setTaskName(stage.name())
                .setInitialMax(stage.parts() == 0 ? -1 : stage.parts())
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(250)
                .showSpeed()
                .build();
    }
}
