package dev.billingexport.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM, Ctrl-C and a terminal that is closed: stops what is running and ends the process with our own exit code, where the JVM's would be 143.
 */
final class StopSignal {

    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);

    /** An operator's patience, and less than what schedulers grant before they kill. */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    /** What takes longer is worth a word, or the signal would be sent again. */
    private static final Duration AT_ONCE = Duration.ofMillis(500);

    private static final Duration STEP = Duration.ofMillis(200);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop");
    private volatile @Nullable Runnable action;
    private volatile Runnable lastWords = () -> {};
    private volatile int exitCode = ExitCode.STOPPED;
    private boolean workEnded;

    /** Listens for the signal; until then, and without it, the process ends as the JVM does it. */
    void listen() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * What to do when the signal comes, again and again until the work ends: it may just be about to begin. Before this
     * is said the process has begun nothing that it could not leave at once.
     *
     * @param lastWords what to say where that takes longer than there is time, as when a request hangs
     */
    void onStop(Runnable action, Runnable lastWords) {
        this.lastWords = lastWords;
        this.action = action;
    }

    /** Says that the work has ended, before its result is told: nothing may be said of stopping after that. */
    synchronized void workEnded() {
        workEnded = true;
    }

    private synchronized void tellThatItTakesTime() {
        if (!workEnded) {
            System.err.println("Stopping: what is under way has " + PATIENCE.toSeconds() + " seconds to end.");
        }
    }

    /** Ends the process; where a signal is already doing that, lets it. */
    void exit(int code) {
        exitCode = code;
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return;
        }
        System.exit(code);
    }

    private void stop() {
        Runnable known = action;
        if (known == null) {
            System.err.println("Stopped on request, before anything was begun.");
            Runtime.getRuntime().halt(ExitCode.STOPPED);
            return;
        }
        try {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            attempt(known);
            if (!ended.await(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS)) {
                tellThatItTakesTime();
            }
            while (System.nanoTime() < deadline && !ended.await(STEP.toMillis(), TimeUnit.MILLISECONDS)) {
                attempt(known);
            }
            if (ended.getCount() > 0) {
                attempt(lastWords);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // A shutdown hook can't change the exit code in any other way.
            Runtime.getRuntime().halt(exitCode);
        }
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.debug("What was to be stopped has just ended", e);
        }
    }
}
