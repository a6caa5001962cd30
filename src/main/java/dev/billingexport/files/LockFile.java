package dev.billingexport.files;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock with one holder at a time, and a file that names the holder. The lock ends with the process, even if it is
 * killed. The file remains unless its holder deletes it before closing. Symbolic links are not followed.
 */
public final class LockFile implements AutoCloseable {

    private static final Set<OpenOption> WHOLE = Set.of(
            StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    /** Characters to read: more than a holder writes. */
    private static final int TEXT = 1_000;

    /**
     * The locks that this process holds, by file. The operating system's locks belong to the process, and closing any
     * channel of a file releases its lock: a file that is locked here must not be opened again.
     */
    private static final Map<Path, String> HELD_HERE = new ConcurrentHashMap<>();

    private final Path file;
    private final List<FileChannel> channels = new ArrayList<>();

    private LockFile(Path file) {
        this.file = file;
    }

    /**
     * Acquires the lock without waiting.
     *
     * @param file in an existing folder; created for its owner alone
     * @param since start of the lock's use, told to others
     * @throws HeldException if another holder has the lock
     * @throws NoLocksException if the file system has no locks
     * @throws IOException if the file can't be created or written
     */
    public static LockFile acquire(Path file, Instant since) throws IOException {
        Path real = file.toAbsolutePath().resolveSibling("").toRealPath().resolve(file.getFileName());
        String holder = holder(since);
        String other = HELD_HERE.putIfAbsent(real, holder);
        if (other != null) {
            throw new HeldException(other);
        }
        LockFile lock = new LockFile(real);
        try {
            // A former holder may have deleted the file after we opened it, and another process may have created a new
            // one.
            while (!lock.lock(holder)) {
                lock.closeChannels();
            }
            return lock;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Describes this process as the holder of a lock. */
    public static String holder(Instant since) {
        return "process %d on %s since %s".formatted(ProcessHandle.current().pid(), host(), since);
    }

    /** Releases the lock. */
    @Override
    public void close() throws IOException {
        try {
            closeChannels();
        } finally {
            HELD_HERE.remove(file);
        }
    }

    private boolean lock(String holder) throws IOException {
        FileChannel channel = open(WHOLE);
        if (!tryLock(channel)) {
            throw new HeldException(text(channel));
        }
        channel.truncate(0).write(ByteBuffer.wrap((holder + "\n").getBytes(StandardCharsets.UTF_8)), 0);
        try {
            // The channel must stay open while the lock is held: closing it would release the lock.
            return text(open(READ)).equals(holder);
        } catch (NoSuchFileException deleted) {
            return false;
        }
    }

    private FileChannel open(Set<OpenOption> options) throws IOException {
        if (Files.isSymbolicLink(file)) {
            // The operating system's own message would be "too many levels of symbolic links".
            throw new FileSystemException(file.toString(), null, "it is a symbolic link, which is not followed");
        }
        FileChannel channel = OwnerOnly.open(file, options);
        channels.add(channel);
        return channel;
    }

    private void closeChannels() throws IOException {
        for (FileChannel channel : channels) {
            channel.close();
        }
        channels.clear();
    }

    private static boolean tryLock(FileChannel channel) throws NoLocksException {
        try {
            return channel.tryLock() != null;
        } catch (IOException e) {
            throw new NoLocksException(e);
        }
    }

    private static String text(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(TEXT);
        channel.read(text, 0);
        return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
    }

    /** The name of this machine. */
    public static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "this host";
        }
    }

    /** Another holder has the lock. The message names the holder. */
    public static final class HeldException extends IOException {

        private static final long serialVersionUID = 1;

        HeldException(String holder) {
            super(holder.isEmpty() ? "another process" : holder);
        }
    }

    /** The file system has no locks. */
    public static final class NoLocksException extends IOException {

        private static final long serialVersionUID = 1;

        /** @param cause the operating system's error */
        public NoLocksException(IOException cause) {
            super("the file system has no locks, as some NFS", cause);
        }
    }
}
