package dev.billingexport.job;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/**
 * How far the run of this process is, for whoever shows it. They are
 * entertainment: the ledger alone knows what is true. Thread-safe.
 */
@Component
public class ExportProgress {

    private final AtomicLong collected = new AtomicLong();
    private volatile long found;
    private final AtomicInteger done = new AtomicInteger();
    private volatile Stage stage = new Stage("start", 0, "");

    /**
     * What is being worked on.
     *
     * @param name the step's name
     * @param parts how many windows or files it has; 0 where that is not known
     * @param unit what the parts are, in the plural
     */
    public record Stage(String name, int parts, String unit) {}

    /** What is being worked on now. */
    public Stage stage() {
        return stage;
    }

    /** How many parts of the current stage are done. */
    public int done() {
        return done.get();
    }

    /** How many sessions the run has in the ledger, those of earlier launches and of earlier runs among them. */
    public long sessions() {
        return found + collected.get();
    }

    /** How many of them this launch put there. */
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

    /** Tells what the ledger has before anything is collected. */
    public void found(long count) {
        found = count;
    }

    void collected(int count) {
        collected.addAndGet(count);
    }
}
