package dev.billingexport.delivery;

import dev.billingexport.files.FolderFlush;
import dev.billingexport.files.LockFile;
import dev.billingexport.files.OwnerOnly;
import dev.billingexport.files.Permissions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * The operations of a delivery on a local disk. Content is flushed when a method returns; names are flushed only by
 * {@link #flush} of their folder. A missing feature of the disk that a delivery can do without is logged as a warning
 * once. Not final, so that tests can stop the process at every step.
 */
class Disk {

    private static final Logger LOG = LoggerFactory.getLogger(Disk.class);

    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private static final Set<OpenOption> TRIED_OUT = Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.READ,
            StandardOpenOption.DELETE_ON_CLOSE);

    private final Permissions permissions;
    private final FolderFlush folderFlush = new FolderFlush();
    private final AtomicBoolean saidThatThereAreNoLocks = new AtomicBoolean();

    Disk() {
        this(Permissions.OWNER);
    }

    /** @param permissions of the files and folders that are created */
    Disk(Permissions permissions) {
        this.permissions = permissions;
    }

    /** Creates a folder and its missing parents. */
    void createFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path above = folder.getParent();
        if (above != null) {
            createFolders(above);
        }
        try {
            createFolder(folder);
        } catch (FileAlreadyExistsException e) {
            // Another export may create a parent folder at the same time.
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        if (above != null) {
            flush(above);
        }
    }

    /** Creates a folder; fails where one exists. */
    void createFolder(Path folder) throws IOException {
        permissions.createFolder(folder);
    }

    /** Grants the configured permissions on a folder that was created for its owner alone. */
    void openFolder(Path folder) throws IOException {
        permissions.openFolder(folder);
    }

    /** Copies to a new file. */
    Checksum copy(Path source, Path target) throws IOException {
        try (FileChannel channel = create(target);
                OutputStream out = Channels.newOutputStream(channel)) {
            Checksum checksum = Checksum.ofCopy(source, out);
            flush(channel, target);
            return checksum;
        }
    }

    /** Writes a new file. */
    void write(Path target, byte[] content) throws IOException {
        try (FileChannel channel = create(target)) {
            writeFully(channel, content);
            flush(channel, target);
        }
    }

    /**
     * Gives a file or folder its final name, atomically. Replaces a file or an empty folder, but no folder with
     * content.
     */
    void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Flushes the names in a folder, so that they survive a power failure, where the disk supports it. */
    void flush(Path folder) throws IOException {
        folderFlush.flush(folder, channel -> flush(channel, folder));
    }

    /** Flushes a written file or a folder. */
    void flush(FileChannel channel, Path path) throws IOException {
        channel.force(true);
    }

    /**
     * Acquires a lock without waiting.
     *
     * @return null where the disk has no locks
     * @throws LockFile.HeldException if another holder has the lock
     */
    @Nullable
    LockFile lock(Path file, Instant since) throws IOException {
        try {
            return acquire(file, since);
        } catch (LockFile.NoLocksException e) {
            Files.deleteIfExists(file);
            if (!saidThatThereAreNoLocks.getAndSet(true)) {
                LOG.warn(
                        "The file system of {} has no locks, as some NFS. Two runs that deliver the same period there at the"
                                + " same time damage nothing, but what a killed run leaves behind (.r1-….part) is not"
                                + " removed.",
                        file.getParent());
            }
            return null;
        }
    }

    LockFile acquire(Path file, Instant since) throws IOException {
        return LockFile.acquire(file, since);
    }

    /** Deletes a file, or a folder with its content. */
    void delete(Path path) throws IOException {
        FileSystemUtils.deleteRecursively(path);
    }

    /** Writes a file, flushes it and reads it back. Leaves nothing behind, even when the process is killed. */
    void tryOut(Path folder) throws IOException {
        byte[] written = UUID.randomUUID().toString().getBytes();
        ByteBuffer read = ByteBuffer.allocate(written.length);
        Path file = folder.resolve(".access-" + UUID.randomUUID());
        try (FileChannel channel = OwnerOnly.open(file, TRIED_OUT)) {
            writeFully(channel, written);
            flush(channel, file);
            channel.read(read, 0);
        }
        if (!Arrays.equals(written, read.array())) {
            throw new IOException("the content read differs from the content written");
        }
        flush(folder);
    }

    private FileChannel create(Path file) throws IOException {
        return permissions.open(file, NEW);
    }

    private static void writeFully(FileChannel channel, byte[] content) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
