package dev.billingexport.cli;

import dev.billingexport.api.ReportingClient;
import dev.billingexport.job.ExportProgress;
import dev.billingexport.ledger.DataDirectory;
import dev.billingexport.ledger.Run;
import dev.billingexport.ledger.RunProgress;
import dev.billingexport.ledger.Runs;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the progress of this process's run to a file every two seconds, and its result at the end, for {@code runs}
 * and {@code show} of other processes. A failure to write doesn't affect the run.
 */
final class LiveReport implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveReport.class);

    private static final Duration INTERVAL = Duration.ofSeconds(2);

    /** Intervals between queries of the database for counts. */
    private static final int INTERVALS_PER_COUNT = 5;

    private static final int MAX_PROBLEMS = 1_000;

    private final ExportContext context;
    private final long run;
    private final RunReporter reporter;
    private final ReportFiles files;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "report");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable RunReport counted;
    private int writes;
    private boolean closed;

    private LiveReport(ExportContext context, Run run) {
        this.context = context;
        this.run = run.id();
        this.reporter = new RunReporter(context);
        this.files = new ReportFiles(context.get(DataDirectory.class).reports());
    }

    static LiveReport begin(ExportContext context, Run run) {
        LiveReport report = new LiveReport(context, run);
        report.timer.scheduleWithFixedDelay(report::write, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return report;
    }

    /** Writes the run's result. May be called twice, from any thread. */
    @Override
    public synchronized void close() {
        timer.shutdownNow();
        if (!closed) {
            closed = true;
            if (context.isOnServer()) {
                return;
            }
            attempt(() -> files.write(reporter.full(current(), Long.MAX_VALUE)));
        }
    }

    private synchronized void write() {
        if (closed) {
            return;
        }
        if (context.isOnServer()) {
            attempt(() -> context.get(RunProgress.class).write(run, Json.write(progress())));
            return;
        }
        attempt(() -> {
            if (counted == null || writes % INTERVALS_PER_COUNT == 0) {
                counted = reporter.full(current(), MAX_PROBLEMS);
            }
            files.write(Objects.requireNonNull(counted).with(RunReport.RUNNING, progress()));
            if (writes++ == 0) {
                tellOfOthers();
            }
        });
    }

    /**
     * Updates the files of other runs: those whose process died before it could, or whose run is older than these
     * files.
     */
    private void tellOfOthers() throws IOException {
        for (Run other : context.get(Runs.class).all()) {
            Optional<RunReport> known = files.read(other.id());
            if (other.id() != run && (known.isEmpty() || known.get().status().equals(RunReport.RUNNING))) {
                files.write(reporter.full(other, MAX_PROBLEMS));
            }
        }
    }

    private Run current() {
        return context.get(Runs.class).find(run).orElseThrow();
    }

    private RunReport.ProgressReport progress() {
        ExportProgress progress = context.get(ExportProgress.class);
        ExportProgress.Stage stage = progress.stage();
        return new RunReport.ProgressReport(
                stage.name(),
                progress.done(),
                stage.parts(),
                stage.unit(),
                progress.sessions(),
                context.get(ReportingClient.class)
                        .waiting()
                        .map(wait -> new RunReport.WaitingReport(
                                wait.reason().name().toLowerCase(Locale.ROOT),
                                wait.since(),
                                wait.said(),
                                wait.nextTry()))
                        .orElse(null),
                ProcessHandle.current().pid(),
                context.get(Clock.class).instant());
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void attempt(Work work) {
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            LOG.debug("The progress could not be written", e);
        }
    }
}
