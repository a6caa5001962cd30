package dev.billingexport.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the names in folders survive a power cut. Where the disk can't do so, that is a warning, once. Thread-safe. */
public final class FolderFlush {

    private static final Logger LOG = LoggerFactory.getLogger(FolderFlush.class);

    /** EINVAL, ENOTSUP and ENOSYS in the words of the C libraries: Java hands the number to nobody. */
    private static final Set<String> UNSUPPORTED =
            Set.of("Invalid argument", "Operation not supported", "Not supported", "Function not implemented");

    private final AtomicBoolean warned = new AtomicBoolean();

    /** Flushes a folder. Windows has no such call, and needs none. */
    public void flush(Path folder) throws IOException {
        flush(folder, channel -> channel.force(true));
    }

    /** The same by other means. */
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
                        "The folder {} can't be flushed ({}), such as on some network file systems. Files are written all"
                                + " the same, but a power cut soon after may lose their names.",
                        folder,
                        e.getMessage());
            }
        }
    }

    /** What flushes an open folder. */
    public interface Forcing {
        /** @throws IOException if that fails, or can't be done */
        void force(FileChannel folder) throws IOException;
    }
}
