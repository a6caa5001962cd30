package dev.billingexport.ledger;

import dev.billingexport.files.LockFile;
import dev.billingexport.files.OwnFolder;
import dev.billingexport.files.OwnerOnly;
import dev.billingexport.files.OwnerOnlyFile;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import org.h2.mvstore.MVStore;
import org.springframework.core.NestedExceptionUtils;

/**
 * The folder of the embedded database and of the work files, held by one process at a time. It is created on first use,
 * readable by its owner alone. The lock ends with the process, however that ends.
 */
public final class DataDirectory implements AutoCloseable {

    private static final String LOCK = "billing-export.lock";
    private static final String FILE = ".mv.db";
    private static final String WORK = "work";
    private static final String REPORTS = "runs";

    static {
        // H2 2.4.240 counts a transaction out twice where its commit fails, as on a full disk, and whoever comes next
        // spins for ever over the wrong count. Its own assertion makes an error of that, and the run ends.
        DataDirectory.class.getClassLoader().setClassAssertionStatus("org.h2.mvstore.MVStore", true);
    }

    private final Path path;
    private final LockFile lock;
    private boolean newDatabase;

    private DataDirectory(Path path, LockFile lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Where to connect to a data directory's database, which is made when it isn't there.
     *
     * @throws IllegalArgumentException if the path has a character that H2 takes for something else than a name
     */
    public static String url(Path dataDirectory) {
        String path = database(dataDirectory).toString();
        if (path.contains(";")
                || path.contains("\\") && File.separatorChar == '/'
                || path.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("export.data-dir = " + dataDirectory.toAbsolutePath()
                    + ": the path must not have a semicolon, a backslash or a control character.");
        }
        return "jdbc:h2:" + OwnerOnlyFile.name(database(dataDirectory))
                + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0;TRACE_LEVEL_FILE=0";
    }

    /** Where a data directory keeps its database; H2 adds its own ending. */
    public static Path database(Path dataDirectory) {
        return dataDirectory.toAbsolutePath().normalize().resolve("billing-export");
    }

    /** Whether a run ever kept anything there. */
    public static boolean exists(Path dataDirectory) {
        return Files.exists(dataDirectory.resolve(LOCK), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Takes hold of the folder.
     *
     * @throws DataDirectoryInUseException if another process holds it; the message says which
     * @throws UntrustedDataDirectoryException if it is not the user's own, or others can write to it
     * @throws UncheckedIOException if it can't be created or written
     */
    public static DataDirectory acquire(Path dataDirectory, Clock clock) {
        try {
            OwnerOnly.createFolders(dataDirectory);
            OwnFolder.check(
                    dataDirectory,
                    name -> name.startsWith("billing-export") || name.equals(WORK) || name.equals(REPORTS));
            return new DataDirectory(dataDirectory, LockFile.acquire(dataDirectory.resolve(LOCK), clock.instant()));
        } catch (OwnFolder.NotOwnException e) {
            throw new UntrustedDataDirectoryException(dataDirectory, e);
        } catch (LockFile.HeldException e) {
            throw new DataDirectoryInUseException(dataDirectory, String.valueOf(e.getMessage()));
        } catch (LockFile.NoLocksException e) {
            throw new UncheckedIOException(
                    "The data directory " + dataDirectory
                            + " can't be used: no locks, such as some NFS: put export.data-dir on a local disk.",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The data directory " + dataDirectory + " can't be used: " + e
                            + ". Let export.data-dir name a folder that can be written to.",
                    e);
        }
    }

    /** Where a process that works in a data directory says how far its runs are; need not be there. */
    public static Path reports(Path dataDirectory) {
        return dataDirectory.resolve(REPORTS);
    }

    /** The same, of this one. */
    public Path reports() {
        return reports(path);
    }

    /**
     * A folder for files that are being made, created if need be; its contents need not survive the process.
     *
     * @throws IOException if it can't be created
     */
    public Path work(String name) throws IOException {
        Path folder = path.resolve(WORK).resolve(name);
        OwnerOnly.createFolders(folder);
        return folder;
    }

    /**
     * Has the database opened for the first time. It is created whole or not at all, so that whatever file is there was
     * one once: it is opened or refused, but never replaced.
     *
     * @param opening opens it
     * @throws OtherVersionException if another version of this program made it
     * @throws DatabaseException if that fails
     */
    public void openDatabase(Runnable opening) {
        Path file = Path.of(database(path) + FILE);
        try {
            if (!Files.exists(file)) {
                createDatabase(file);
                newDatabase = true;
            } else {
                checkThatNothingIsMissing();
            }
            opening.run();
        } catch (IOException | RuntimeException e) {
            Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
            if (cause instanceof OtherVersionException otherVersion) {
                throw otherVersion;
            }
            String reason = cause.getMessage();
            throw new DatabaseException(file, reason == null ? e.toString() : reason, e);
        }
    }

    OtherVersionException otherVersion() {
        return OtherVersionException.of(path);
    }

    /** Whether this process made it. */
    boolean hasNewDatabase() {
        return newDatabase;
    }

    /**
     * H2 goes back to the newest state that it can read, be it an empty one, and writes on from there. Its header names a
     * state that was complete, so that what is older than that was damaged. Nothing is written.
     */
    private void checkThatNothingIsMissing() throws IOException {
        try (MVStore store = new MVStore.Builder()
                .fileName(OwnerOnlyFile.name(database(path)) + FILE)
                .readOnly()
                .open()) {
            Object complete = store.getStoreHeader().get("version");
            if (complete == null
                    || store.getMapNames().isEmpty()
                    || store.getCurrentVersion() < Long.parseLong(complete.toString(), 16)) {
                throw new IOException("What was written to it can't be read.");
            }
        }
    }

    /**
     * Creates the database with all its tables. H2 commits each statement that makes a table, so a process that dies
     * half-way would leave a database that is refused ever after.
     */
    private void createDatabase(Path file) throws IOException {
        Path unfinished = Path.of(database(path) + ".new");
        Path created = Path.of(unfinished + FILE);
        Files.deleteIfExists(created);
        Migrations.configuration("h2")
                .dataSource("jdbc:h2:" + OwnerOnlyFile.name(unfinished) + ";TRACE_LEVEL_FILE=0", null, null)
                .load()
                .migrate();
        Files.move(created, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
