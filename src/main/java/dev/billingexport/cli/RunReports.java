package dev.billingexport.cli;

import dev.billingexport.ledger.DataDirectory;
import dev.billingexport.ledger.DataDirectoryInUseException;
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
    private final @Nullable ExportContext context;
    private final @Nullable String holder;

    private RunReports(Path dataDirectory, @Nullable ExportContext context, @Nullable String holder) {
        this.dataDirectory = dataDirectory;
        this.context = context;
        this.holder = holder;
    }

    /**
     * Looks, and leaves nothing behind where there never was a run.
     *
     * @throws UsageException if there is no such folder, or none that may be looked into
     */
    static RunReports open(Class<?> application) {
        ExportContext context = ExportContext.open(application);
        Path dataDirectory = context.dataDirectory().toAbsolutePath().normalize();
        try {
            requireFolder(dataDirectory);
            if (DataDirectory.exists(dataDirectory)) {
                context.acquireDataDirectory();
                return new RunReports(dataDirectory, context, null);
            }
            context.close();
            return new RunReports(dataDirectory, null, null);
        } catch (RuntimeException e) {
            context.close();
            DataDirectoryInUseException inUse = Errors.cause(e, DataDirectoryInUseException.class);
            if (inUse == null) {
                throw e;
            }
            return new RunReports(dataDirectory, null, inUse.holder());
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

    /** Where it looked; absolute. */
    Path dataDirectory() {
        return dataDirectory;
    }

    /** Who is at work there; empty where nobody is. */
    Optional<String> holder() {
        return Optional.ofNullable(holder);
    }

    /** Every run without its details, the newest first. */
    List<RunReport> all() throws IOException {
        if (context != null) {
            RunReporter reporter = new RunReporter(context);
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
                : context.get(Runs.class).find(number).map(run -> new RunReporter(context).full(run, Long.MAX_VALUE));
        return found.orElseThrow(() -> new UsageException(
                "There is no run " + number + " in " + dataDirectory + ". See '" + Program.name() + " runs'."));
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
