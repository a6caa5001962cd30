package dev.billingexport.cli;

import dev.billingexport.ledger.DataDirectory;
import dev.billingexport.ledger.InUseException;
import dev.billingexport.ledger.LedgerAccess;
import dev.billingexport.ledger.LedgerLock;
import dev.billingexport.ledger.NoLedgerException;
import dev.billingexport.ledger.Runs;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The runs of the data directory that the environment names, for those who only look: as its database has them, or while
 * another process holds that, as that process tells.
 */
final class RunReports implements AutoCloseable {

    private final Path dataDirectory;
    private final @Nullable String database;
    private final @Nullable ExportContext context;
    private final @Nullable String holder;

    private RunReports(
            Path dataDirectory, @Nullable String database, @Nullable ExportContext context, @Nullable String holder) {
        this.dataDirectory = dataDirectory;
        this.database = database;
        this.context = context;
        this.holder = holder;
    }

    /**
     * Looks, and leaves nothing behind where there never was a run.
     *
     * @throws UsageException if there is no such folder, or none that may be looked into
     */
    static RunReports open(Class<?> application) {
        ExportContext context = ExportContext.open(application, LedgerAccess.SHARED);
        Path dataDirectory = context.dataDirectory().toAbsolutePath().normalize();
        try {
            if (context.isOnServer()) {
                return onServer(context, dataDirectory);
            }
            requireFolder(dataDirectory);
            if (DataDirectory.exists(dataDirectory)) {
                context.acquireDataDirectory();
                return new RunReports(dataDirectory, null, context, null);
            }
            context.close();
            return new RunReports(dataDirectory, null, null, null);
        } catch (RuntimeException e) {
            context.close();
            InUseException inUse = Errors.cause(e, InUseException.class);
            if (inUse == null) {
                throw e;
            }
            return new RunReports(dataDirectory, null, null, inUse.holder());
        }
    }

    private static RunReports onServer(ExportContext context, Path dataDirectory) {
        try {
            context.openOnServer();
            return new RunReports(
                    dataDirectory,
                    context.ledger(),
                    context,
                    context.get(LedgerLock.class).holder().orElse(null));
        } catch (RuntimeException e) {
            if (Errors.cause(e, NoLedgerException.class) == null) {
                throw e;
            }
            context.close();
            return new RunReports(dataDirectory, context.ledger(), null, null);
        }
    }

    private static void requireFolder(Path dataDirectory) {
        String hint = " Runs are kept in the folder that export.data-dir names, or EXPORT_DATA_DIR in the environment.";
        try (Stream<Path> content = Files.list(dataDirectory)) {
            content.findAny();
        } catch (NoSuchFileException e) {
            throw new UsageException("There is no such folder: " + dataDirectory + "." + hint, e);
        } catch (AccessDeniedException e) {
            throw new UsageException("Permission denied: " + dataDirectory + ".", e);
        } catch (IOException e) {
            throw new UsageException(
                    "The data directory " + dataDirectory + " can't be read: " + Errors.message(e) + "." + hint, e);
        }
    }

    /** Where it looked: the database, or the data directory. */
    String place() {
        return database == null ? dataDirectory.toString() : database;
    }

    /** The data directory, absolute; null where the ledger is not in it. */
    @Nullable
    String dataDirectory() {
        return database == null ? dataDirectory.toString() : null;
    }

    /** The database on PostgreSQL; null where the ledger is in the data directory. */
    @Nullable
    String database() {
        return database;
    }

    /** Who is at work there; empty where nobody is. */
    Optional<String> holder() {
        return Optional.ofNullable(holder);
    }

    /** Every run without its details, the newest first. */
    List<RunReport> all() throws IOException {
        if (context != null) {
            RunReporter reporter = new RunReporter(context, holder != null);
            return context.get(Runs.class).all().stream().map(reporter::brief).toList();
        }
        return files().all().stream().map(this::truthful).map(RunReport::brief).toList();
    }

    /**
     * One run.
     *
     * @throws UsageException if there is no such run
     */
    RunReport one(long number) throws IOException {
        Optional<RunReport> found = context == null
                ? files().read(number).map(this::truthful)
                : context.get(Runs.class)
                        .find(number)
                        .map(run -> new RunReporter(context, holder != null).full(run, Long.MAX_VALUE));
        return found.orElseThrow(() -> new UsageException(
                "There is no run " + number + " in " + place() + ". See '" + Program.name() + " runs'."));
    }

    private ReportFiles files() {
        return new ReportFiles(DataDirectory.reports(dataDirectory));
    }

    /** What a process that died said last is no longer so. */
    private RunReport truthful(RunReport report) {
        RunReport.ProgressReport progress = report.progress();
        boolean atWork = progress != null && ("" + holder).startsWith("process " + progress.processId() + " ");
        return atWork || !report.status().equals(RunReport.RUNNING) ? report : report.with("interrupted", null);
    }

    @Override
    public void close() {
        if (context != null) {
            context.close();
        }
    }
}
