package dev.billingexport.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM and Ctrl-C: stops what is running and ends the process with our own exit code, where the JVM's would be 143.
 */
final class StopSignal {

    /** An operator's patience, and less than what schedulers grant before they kill. */
    private static final int SECONDS = 8;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop");
    private volatile Runnable action = () -> {};
    private volatile Runnable lastWords = () -> {};
    private volatile int exitCode = ExitCode.STOPPED;

    /** Listens for the signal; until then, and without it, the process ends as the JVM does it. */
    void listen() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * What to do when the signal comes.
     *
     * @param lastWords what to say where that takes longer than there is time, as when a request hangs
     */
    void onStop(Runnable action, Runnable lastWords) {
        this.lastWords = lastWords;
        this.action = action;
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
        try {
            action.run();
            if (!ended.await(SECONDS, TimeUnit.SECONDS)) {
                lastWords.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // A shutdown hook can't change the exit code in any other way.
            Runtime.getRuntime().halt(exitCode);
        }
    }
}
