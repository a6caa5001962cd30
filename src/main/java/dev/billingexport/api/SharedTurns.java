package dev.billingexport.api;

import org.jspecify.annotations.Nullable;

/**
 * What several processes know of an API's limit, and the turns to make a request, which they take from one sequence. All
 * times are in nanoseconds of one clock, which none of the processes owns. Thread-safe. If it can't be reached, its
 * methods throw, and nothing is known of what they did.
 */
public interface SharedTurns {

    /**
     * What they share at a moment.
     *
     * @param at the moment
     * @param next until when turns are taken
     * @param accepted requests that the API accepted, of all processes
     * @param rate what is known of the limit, as it was {@linkplain #replace stored}; null for nothing
     */
    record Shared(
            long at, long next, long accepted, @Nullable String rate) {}

    /**
     * Adds accepted requests and takes the next turns.
     *
     * @param accepted requests that the API accepted since the last call of this process
     * @param span how long the turns take together, 0 for none; the first is at {@code next - span}
     * @param slack how long ago the first of the turns may have been
     * @param ahead how far in the future turns may be; where they are further, the clock was set back, and the turns
     *     follow from now on
     */
    Shared reserve(long accepted, long span, long slack, long ahead);

    /**
     * Stores what is known of the limit, unless another process has stored something else meanwhile. Returns whether it
     * was stored.
     *
     * @param before what is replaced
     * @param pausedUntil all turns that are reserved from now on are later
     */
    boolean replace(@Nullable String before, String after, long pausedUntil);
}
