package dev.billingexport.cli;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Shows a run's progress until it is closed: a bar on a terminal, elsewhere a plain line every ten seconds. */
final class Progress implements AutoCloseable {

    private static final Duration BAR = Duration.ofMillis(500);
    private static final Duration LINE = Duration.ofSeconds(10);

    private final View view;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });
    private boolean closed;

    /** A way of showing progress. Called from one thread at a time. */
    interface View {
        void show();

        default void end() {}
    }

    private Progress(View view, Duration interval) {
        this.view = view;
        timer.scheduleAtFixedRate(this::show, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    static Progress show(ProgressText text, Screen screen, Verbosity verbosity) {
        if (verbosity.quiet()) {
            return new Progress(() -> {}, LINE);
        }
        return screen.width() > 0
                ? new Progress(new TerminalBar(text, screen), BAR)
                : new Progress(new LogLine(text, LINE), LINE);
    }

    private synchronized void show() {
        if (!closed) {
            view.show();
        }
    }

    /** Removes the bar. Nothing is drawn after this. May be called twice, from any thread. */
    @Override
    public synchronized void close() {
        timer.shutdownNow();
        if (!closed) {
            closed = true;
            view.end();
        }
    }
}
