package dev.billingexport.api;

/**
 * Turns to make a request, which several processes take from one sequence, so that together they keep one rate.
 * Thread-safe.
 */
@FunctionalInterface
public interface SharedTurns {

    /**
     * Reserves turns that follow each other at the rate, and no other process's turn among them.
     *
     * @return how many nanoseconds from now the first turn is; negative where it could have been taken a moment ago
     */
    long reserve(int count, double perSecond);
}
