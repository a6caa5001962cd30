package dev.billingexport.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flushes folders to disk, so that the names of new files survive a power failure. Logs a warning once where the file
 * system can't do this. Thread-safe.
 */
public final class FolderFlush {

    private static final Logger LOG = LoggerFactory.getLogger(FolderFlush.class);

    /** The C libraries' texts for EINVAL, ENOTSUP and ENOSYS; Java doesn't expose the error number. */
    private static final Set<String> UNSUPPORTED =
            Set.of("Invalid argument", "Operation not supported", "Not supported", "Function not implemented");

    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * Flushes a folder. Does nothing on Windows, which has no such call and needs none.
     *
     * @throws IOException if flushing fails for another reason than missing support
     */
    public void flush(Path folder) throws IOException {
        flush(folder, channel -> channel.force(true));
    }

    /** As {@link #flush(Path)}, with another way to flush. */
    public void flush(Path folder, Forcing forcing) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            forcing.force(channel);
        } catch (IOException e) {
            if (!UNSUPPORTED.contains(String.valueOf(e.getMessage()))) {
                throw e;
            }
            if (!warned.getAndSet(true)) {
                LOG.warn(
                        "The folder {} can't be flushed ({}), as on some network file systems. Files are written all"
                                + " the same, but a power cut soon after may lose their names.",
                        folder,
                        e.getMessage());
            }
        }
    }

    /** A way to flush an open folder. */
    public interface Forcing {
        /** @throws IOException if flushing fails or is not supported */
        void force(FileChannel folder) throws IOException;
    }
}
