package dev.billingexport.cli;

import dev.billingexport.job.ExportProgress;
import java.util.Locale;

/** How far a run is, in words. */
final class ProgressText {

    private ProgressText() {}

    /** Such as {@code collect: 12 of 62 windows, 3,400 sessions}. */
    static String of(ExportProgress progress) {
        ExportProgress.Stage stage = progress.stage();
        return stage.parts() == 0
                ? stage.name() + ":" + sessions(progress)
                : "%s: %d of %d %s,%s"
                        .formatted(stage.name(), progress.done(), stage.parts(), stage.unit(), sessions(progress));
    }

    /** With a blank before it. */
    static String sessions(ExportProgress progress) {
        return String.format(Locale.ROOT, " %,d sessions", progress.sessions());
    }
}
