package dev.billingexport.api;

/**
 * A rate that this process keeps together with others. Reserves the turns of a twentieth of a second at once, so that
 * whoever counts them is not asked for each request. A turn that is not used in time is lost: used later, it would add to
 * the turns that are due then. Not thread-safe.
 */
final class SharedRate {

    private static final double SECONDS_RESERVED = 0.05;

    /** How late a turn may still be used. */
    private static final long SLACK = 5_000_000L;

    private final SharedTurns turns;
    private final double perSecond;
    private final Ticker ticker;
    private final int reserved;
    private final long gap;
    private long next;
    private int left;

    SharedRate(SharedTurns turns, double perSecond, Ticker ticker) {
        this.turns = turns;
        this.perSecond = perSecond;
        this.ticker = ticker;
        reserved = Math.max(1, (int) (perSecond * SECONDS_RESERVED));
        gap = (long) (1e9 / perSecond);
    }

    /** Takes a turn and returns when its request may start. */
    long turn() {
        long earliest = ticker.nanos() - SLACK;
        while (left > 0 && next < earliest) {
            next += gap;
            left--;
        }
        if (left == 0) {
            long wait = turns.reserve(reserved, perSecond);
            next = ticker.nanos() + wait;
            left = reserved;
        }
        left--;
        long turn = next;
        next += gap;
        return turn;
    }
}
