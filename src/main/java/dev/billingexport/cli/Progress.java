package dev.billingexport.cli;

import dev.billingexport.job.ExportProgress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Help.Ansi;

/** Shows how far a run is until it is closed: a bar on a terminal, a plain line every ten seconds elsewhere. */
final class Progress implements AutoCloseable {

    private static final Duration BAR = Duration.ofMillis(500);
    private static final Duration LINE = Duration.ofSeconds(10);

    private final View view;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });

    /** One way of showing it; called from one thread at a time. */
    interface View {
        void show();

        default void end() {}
    }

    private Progress(View view, Duration interval) {
        this.view = view;
        timer.scheduleAtFixedRate(view::show, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    static Progress show(ExportProgress progress) {
        return Ansi.AUTO.enabled()
                ? new Progress(new TerminalBar(progress), BAR)
                : new Progress(new LogLine(progress, LINE), LINE);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        view.end();
    }
}
