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
 * A lock that one holder has at a time, and the file that says who it is. The lock ends with the process, however that
 * ends. The file stays, unless its holder deletes it before closing. No link is followed.
 */
public final class LockFile implements AutoCloseable {

    private static final Set<OpenOption> WHOLE = Set.of(
            StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    /** Longer than what a holder says. */
    private static final int TEXT = 1_000;

    /**
     * Who holds what in this process. The system's locks belong to the process, and closing any channel of a file gives
     * its lock up: a file that is held here must not even be opened.
     */
    private static final Map<Path, String> HELD_HERE = new ConcurrentHashMap<>();

    private final Path file;
    private final List<FileChannel> channels = new ArrayList<>();

    private LockFile(Path file) {
        this.file = file;
    }

    /**
     * Takes the lock; doesn't wait for it.
     *
     * @param file in a folder that is there; made for its owner alone
     * @param since tells others since when the lock is held
     * @throws HeldException if somebody else has it
     * @throws NoLocksException if the file system has no locks
     * @throws IOException if the file can't be made or written
     */
    public static LockFile acquire(Path file, Instant since) throws IOException {
        Path real = file.toAbsolutePath().resolveSibling("").toRealPath().resolve(file.getFileName());
        String holder =
                "process %d on %s since %s".formatted(ProcessHandle.current().pid(), host(), since);
        String other = HELD_HERE.putIfAbsent(real, holder);
        if (other != null) {
            throw new HeldException(other);
        }
        LockFile lock = new LockFile(real);
        try {
            // A holder may have deleted the file after we opened it, and somebody else may have made a new one.
            while (!lock.lock(holder)) {
                lock.closeChannels();
            }
            return lock;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Gives the lock up. */
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
            // This channel stays open as long as the lock is held, for to close it gives the lock up.
            return text(open(READ)).equals(holder);
        } catch (NoSuchFileException deleted) {
            return false;
        }
    }

    private FileChannel open(Set<OpenOption> options) throws IOException {
        if (Files.isSymbolicLink(file)) {
            // Else the system says no more than that there are too many of them.
            throw new FileSystemException(file.toString(), null, "it is a link, which may lead anywhere");
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

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "this host";
        }
    }

    /** Somebody else has the lock; the message says who. */
    public static final class HeldException extends IOException {

        private static final long serialVersionUID = 1;

        HeldException(String holder) {
            super(holder.isEmpty() ? "another process" : holder);
        }
    }

    /** The file system has no locks. */
    public static final class NoLocksException extends IOException {

        private static final long serialVersionUID = 1;

        /** @param cause what the system said */
        public NoLocksException(IOException cause) {
            super("no locks, such as some NFS", cause);
        }
    }
}
