package dev.billingexport.api;

import java.util.concurrent.TimeUnit;

/** Elapsed time, and the only place that waits for it to pass: a test has its own. Thread-safe. */
interface Ticker {

    /** Nanoseconds since this ticker began. */
    long nanos();

    /** Does nothing where the time is not positive. */
    void sleep(long nanos) throws InterruptedException;

    /** The machine's own, which no change of its clock disturbs. */
    static Ticker system() {
        long start = System.nanoTime();
        return new Ticker() {
            @Override
            public long nanos() {
                return System.nanoTime() - start;
            }

            @Override
            public void sleep(long nanos) throws InterruptedException {
                TimeUnit.NANOSECONDS.sleep(nanos);
            }
        };
    }
}
