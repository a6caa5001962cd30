package dev.billingexport.job;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/**
 * How far the run of this process is, for whoever shows it. Counts start at zero at each launch and are an
 * entertainment: the ledger alone knows what is true. Thread-safe.
 */
@Component
public class ExportProgress {

    private final AtomicLong sessions = new AtomicLong();
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

    /** How many sessions this launch put into the ledger. */
    public long sessions() {
        return sessions.get();
    }

    void begin(String name, int parts, String unit) {
        done.set(0);
        stage = new Stage(name, parts, unit);
    }

    void partDone() {
        done.incrementAndGet();
    }

    void collected(int count) {
        sessions.addAndGet(count);
    }
}
