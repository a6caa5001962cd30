package dev.billingexport.cli;

import dev.billingexport.ledger.DataDirectory;
import dev.billingexport.ledger.LedgerAccess;
import dev.billingexport.ledger.Run;
import dev.billingexport.ledger.Runs;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Read access to the runs of the data directory that the environment names. */
final class Archive implements AutoCloseable {

    private final List<String> place;
    private final @Nullable ExportContext context;

    private Archive(List<String> place, @Nullable ExportContext context) {
        this.place = place;
        this.context = context;
    }

    /** Opens the data directory. Creates nothing where there has been no run. */
    static Archive open(Class<?> application) {
        ExportContext context = ExportContext.open(application, LedgerAccess.EXCLUSIVE);
        if (!context.isOnServer() && !DataDirectory.exists(context.dataDirectory())) {
            List<String> place = context.place();
            context.close();
            return new Archive(place, null);
        }
        try {
            context.acquireDataDirectory();
            return new Archive(context.place(), context);
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    /** Returns the settings that lead another command to the same ledger. */
    List<String> place() {
        return place;
    }

    /** Returns every run, the newest first. */
    List<Run> runs() {
        return context == null ? List.of() : context.get(Runs.class).all();
    }

    /**
     * Returns one run.
     *
     * @throws UsageException if there is no such run
     */
    Run run(long number) {
        return runs().stream()
                .filter(run -> run.id() == number)
                .findFirst()
                .orElseThrow(
                        () -> new UsageException("There is no run " + number + ". See '" + Program.name() + " runs'."));
    }

    /** Returns the source of reports. Valid only where there is a run. */
    RunReporter reporter() {
        return new RunReporter(existing());
    }

    /**
     * Updates the report file of a deleted run, for other processes that read it while this process holds the data
     * directory.
     */
    void reportForgotten(Run run) throws IOException {
        ReportFiles files = new ReportFiles(get(DataDirectory.class).reports());
        Optional<Run> left = get(Runs.class).find(run.id());
        if (left.isPresent()) {
            files.write(reporter().full(left.get(), Long.MAX_VALUE));
        } else {
            files.delete(run.id());
        }
    }

    /** Returns a bean of the application. Valid only where there is a run. */
    <T> T get(Class<T> part) {
        return existing().get(part);
    }

    private ExportContext existing() {
        if (context == null) {
            throw new IllegalStateException("nothing was ever collected");
        }
        return context;
    }

    @Override
    public void close() {
        if (context != null) {
            context.close();
        }
    }
}
