package dev.billingexport.api;

import java.util.concurrent.TimeUnit;

/** Measures elapsed time, and is the only place that waits. Tests supply their own. Thread-safe. */
interface Ticker {

    /** Returns nanoseconds since a fixed but arbitrary point. */
    long nanos();

    /** Waits. Returns at once where the time is not positive. */
    void sleep(long nanos) throws InterruptedException;

    /** Returns the machine's monotonic clock, which changes of the system time don't affect. */
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
