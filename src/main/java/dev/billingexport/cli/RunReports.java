package dev.billingexport.cli;

import dev.billingexport.ledger.DataDirectory;
import dev.billingexport.ledger.InUseException;
import dev.billingexport.ledger.LedgerAccess;
import dev.billingexport.ledger.LedgerLock;
import dev.billingexport.ledger.NoLedgerException;
import dev.billingexport.ledger.RunProgress;
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
 * Reports of the runs in the data directory that the environment names: from its database, or while another process
 * holds that, from that process's report files.
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
     * Opens the data directory. Creates nothing where there has been no run.
     *
     * @throws UsageException if the folder doesn't exist or can't be read
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
            throw new UsageException("The folder doesn't exist: " + dataDirectory + "." + hint, e);
        } catch (AccessDeniedException e) {
            throw new UsageException("Permission denied: " + dataDirectory + ".", e);
        } catch (IOException e) {
            throw new UsageException(
                    "The data directory " + dataDirectory + " can't be read: " + Errors.message(e) + "." + hint, e);
        }
    }

    /** Returns the database or the data directory, for output. */
    String place() {
        return database == null ? dataDirectory.toString() : database;
    }

    /** Returns the data directory, absolute; null where the ledger is on PostgreSQL. */
    @Nullable
    String dataDirectory() {
        return database == null ? dataDirectory.toString() : null;
    }

    /** Returns the database on PostgreSQL; null where the ledger is in the data directory. */
    @Nullable
    String database() {
        return database;
    }

    /** Returns the process that works there; empty where there is none. */
    Optional<String> holder() {
        return Optional.ofNullable(holder);
    }

    /** Returns every run without details, the newest first. */
    List<RunReport> all() throws IOException {
        if (context != null) {
            RunReporter reporter = new RunReporter(context, holder != null);
            return context.get(Runs.class).all().stream()
                    .map(reporter::brief)
                    .map(this::withProgress)
                    .toList();
        }
        return files().all().stream().map(this::truthful).map(RunReport::brief).toList();
    }

    /**
     * Returns one run.
     *
     * @throws UsageException if there is no such run
     */
    RunReport one(long number) throws IOException {
        Optional<RunReport> found = context == null
                ? files().read(number).map(this::truthful)
                : context.get(Runs.class)
                        .find(number)
                        .map(run -> new RunReporter(context, holder != null).full(run, Long.MAX_VALUE))
                        .map(this::withProgress);
        return found.orElseThrow(() -> new UsageException(
                "There is no run " + number + " in " + place() + ". See '" + Program.name() + " runs'."));
    }

    private ReportFiles files() {
        return new ReportFiles(DataDirectory.reports(dataDirectory));
    }

    /** Adds the progress of a running run, which its process writes to PostgreSQL. */
    private RunReport withProgress(RunReport report) {
        if (context == null || !report.status().equals(RunReport.RUNNING)) {
            return report;
        }
        return truthful(report.with(
                RunReport.RUNNING,
                context.get(RunProgress.class)
                        .read(report.run())
                        .map(progress -> Json.read(progress, RunReport.ProgressReport.class))
                        .orElse(null)));
    }

    /** Corrects the status in the last report of a process that has died. */
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
