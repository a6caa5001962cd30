package dev.billingexport.job;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** Progress of the run in this process, for display only: the ledger holds the true figures. Thread-safe. */
@Component
public class ExportProgress {

    private final AtomicLong collected = new AtomicLong();
    private volatile long found;
    private final AtomicInteger done = new AtomicInteger();
    private volatile Stage stage = new Stage("start", 0, "");

    /**
     * The current stage.
     *
     * @param name the step's name
     * @param parts number of windows or files; 0 where it is unknown
     * @param unit name of the parts, in the plural
     */
    public record Stage(String name, int parts, String unit) {}

    /** Returns the current stage. */
    public Stage stage() {
        return stage;
    }

    /** Returns how many parts of the current stage are done. */
    public int done() {
        return done.get();
    }

    /** Returns how many sessions the run has in the ledger, including those of earlier launches and runs. */
    public long sessions() {
        return found + collected.get();
    }

    /** Returns how many sessions this launch collected. */
    public long collected() {
        return collected.get();
    }

    void begin(String name, int parts, String unit) {
        done.set(0);
        stage = new Stage(name, parts, unit);
    }

    void partDone() {
        done.incrementAndGet();
    }

    /** Sets the number of sessions that the ledger had before this launch. */
    public void found(long count) {
        found = count;
    }

    /**
     * Tells what other processes have done for this one's launch.
     *
     * @param parts of the stage, in all
     * @param sessions since this was told before
     */
    public void doneElsewhere(int parts, long sessions) {
        done.set(parts);
        collected.addAndGet(sessions);
    }

    void collected(int count) {
        collected.addAndGet(count);
    }
}
