package dev.billingexport.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles SIGTERM, Ctrl-C and a closed terminal: stops the running work and ends the process with this program's exit
 * code, whereas the JVM's would be 143.
 */
final class StopSignal {

    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);

    /** Time that the work has to end. Shorter than what schedulers grant before they kill a process. */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    /** A stop that takes longer is announced, so that the user doesn't send the signal again. */
    private static final Duration AT_ONCE = Duration.ofMillis(500);

    private static final Duration STEP = Duration.ofMillis(200);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop");
    private volatile @Nullable Runnable action;
    private volatile Runnable lastWords = () -> {};
    private volatile int exitCode = ExitCode.STOPPED;
    private boolean workEnded;

    /** Starts to handle the signal. Before this call, the JVM's default applies. */
    void listen() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Sets what to do on the signal. The action is repeated until the work ends, because the work may only be starting.
     * Before this call the process has begun nothing that needs a stop.
     *
     * @param lastWords runs if the work doesn't end in time, for example because a request hangs
     */
    void onStop(Runnable action, Runnable lastWords) {
        this.lastWords = lastWords;
        this.action = action;
    }

    /**
     * Reports that the work has ended. To be called before its result is printed, because no message about stopping may
     * follow the result.
     */
    synchronized void workEnded() {
        workEnded = true;
    }

    private synchronized void tellThatItTakesTime() {
        if (!workEnded) {
            System.err.println("Stopping: the work under way has " + PATIENCE.toSeconds() + " seconds to end.");
        }
    }

    /** Ends the process, unless a signal is already ending it. */
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
            System.err.println("Stopped on request, before anything was started.");
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
            LOG.debug("The work ended before it was stopped", e);
        }
    }
}
