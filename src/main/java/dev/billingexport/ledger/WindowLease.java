package dev.billingexport.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * One process's right to work on a window that a launch in another process has handed out. Whoever takes the window later
 * raises the epoch of its lease, and every transaction of the work checks the epoch before it commits. So a process that
 * was frozen or cut off commits nothing once another one has its window.
 *
 * <p>The work is done by one thread; {@link #giveBack} may be called by any.
 */
public final class WindowLease {

    private static final ThreadLocal<WindowLease> HELD = new ThreadLocal<>();

    private static final String CHECK =
            "SELECT stopping FROM window_lease WHERE step_execution_id = ? AND epoch = ? FOR UPDATE";

    private final long stepExecution;
    private final int epoch;
    private Runnable beforeCommit = () -> {};
    private volatile boolean stopping;
    private volatile boolean superseded;
    private volatile boolean givenBack;
    private volatile @Nullable Throwable reason;

    WindowLease(long stepExecution, int epoch) {
        this.stepExecution = stepExecution;
        this.epoch = epoch;
    }

    /** The number of the execution that the window is worked on by. */
    public long stepExecution() {
        return stepExecution;
    }

    int epoch() {
        return epoch;
    }

    /**
     * Does the window's work in this thread. Each of its transactions is committed only while the lease is held.
     *
     * @param check is called in each transaction before it is committed, while the lease is held; what it throws undoes
     *     the transaction
     */
    public void hold(Runnable check, Runnable work) {
        beforeCommit = check;
        HELD.set(this);
        try {
            work.run();
        } finally {
            HELD.remove();
        }
    }

    /** The lease that this thread works under. */
    public static @Nullable WindowLease held() {
        return HELD.get();
    }

    /** Leaves the window to whoever takes it next: from now on nothing of the work is committed. */
    public void giveBack(@Nullable Throwable why) {
        if (!givenBack) {
            reason = why;
            givenBack = true;
        }
    }

    /** Whether the launch wants its windows to stop. Known after the first transaction. */
    public boolean isStopping() {
        return stopping;
    }

    /** Whether another process has the window, or the launch has ended. */
    public boolean isSuperseded() {
        return superseded;
    }

    /** Whether this process has left the window to another. */
    public boolean isGivenBack() {
        return givenBack;
    }

    /** Why the window was given back; null where it was not for a failure. */
    public @Nullable Throwable reason() {
        return reason;
    }

    /**
     * Has the transaction that is under way fail where this thread works under a lease that is not held any more. Until
     * the transaction ends, nobody else can take the window.
     */
    static void checkHeld(JdbcTemplate jdbc) {
        WindowLease lease = HELD.get();
        if (lease != null) {
            lease.check(jdbc);
        }
    }

    private void check(JdbcTemplate jdbc) {
        if (!givenBack && !superseded) {
            List<Boolean> found = jdbc.queryForList(CHECK, Boolean.class, stepExecution, epoch);
            superseded = found.isEmpty();
            stopping = found.contains(true);
        }
        if (!givenBack && !superseded) {
            beforeCommit.run();
        }
        if (givenBack || superseded) {
            throw new LeaseLostException();
        }
    }
}
