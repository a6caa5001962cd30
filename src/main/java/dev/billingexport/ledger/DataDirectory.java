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
 * The folder of the embedded database and of the work files, used by one process at a time. Created on first use,
 * readable by its owner alone. Its lock ends with the process, even if that is killed.
 */
public final class DataDirectory implements AutoCloseable {

    private static final String LOCK = "billing-export.lock";
    private static final String FILE = ".mv.db";
    private static final String WORK = "work";
    private static final String REPORTS = "runs";

    static {
        // Works around a defect of H2 2.4.240: if a commit fails, as on a full disk, H2 decrements its count of open
        // transactions twice, and the next user of the database loops for ever. With assertions on, H2 throws an error
        // instead, and the run ends.
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
     * Returns the JDBC URL of a data directory's database, which is created when it is opened first.
     *
     * @throws IllegalArgumentException if the path has a character that has a special meaning in H2's URLs
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

    /** Returns the path of the database in a data directory, without the suffix that H2 adds. */
    public static Path database(Path dataDirectory) {
        return dataDirectory.toAbsolutePath().normalize().resolve("billing-export");
    }

    /** Returns whether a run has ever stored anything in the folder. */
    public static boolean exists(Path dataDirectory) {
        return Files.exists(dataDirectory.resolve(LOCK), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Locks the folder for this process.
     *
     * @throws DataDirectoryInUseException if another process holds it; the message names that process
     * @throws UntrustedDataDirectoryException if it belongs to another user or others can write to it
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
                            + " can't be used: its file system has no locks, as some NFS. Put export.data-dir on a local disk.",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The data directory " + dataDirectory + " can't be used: " + e
                            + ". Set export.data-dir to a writable folder.",
                    e);
        }
    }

    /** Returns the folder where the process that works in a data directory reports its progress. It need not exist. */
    public static Path reports(Path dataDirectory) {
        return dataDirectory.resolve(REPORTS);
    }

    /** As {@link #reports(Path)}, for this data directory. */
    public Path reports() {
        return reports(path);
    }

    /**
     * Returns a folder for temporary files, created if needed. Its content need not survive the process.
     *
     * @throws IOException if it can't be created
     */
    public Path work(String name) throws IOException {
        Path folder = path.resolve(WORK).resolve(name);
        OwnerOnly.createFolders(folder);
        return folder;
    }

    /**
     * Opens the database for the first time in this process. A new database is created completely or not at all, so an
     * existing file is always a database: it is opened or refused, never replaced.
     *
     * @param opening opens it
     * @throws OtherVersionException if another version of this program created it
     * @throws DatabaseException if opening fails
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

    /** Returns whether this process created the database. */
    boolean hasNewDatabase() {
        return newDatabase;
    }

    /**
     * Checks that H2 can read the database's last complete state. H2 would otherwise fall back silently to the newest
     * state that it can read, even an empty one, and continue from there. The file's header names the last complete
     * state, so an older one means damage. Writes nothing.
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
                throw new IOException("its last state can't be read.");
            }
        }
    }

    /**
     * Creates the database with all its tables under a temporary name. H2 commits each CREATE TABLE, so a process that
     * dies half-way would otherwise leave a database that is refused from then on.
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
