package dev.billingexport.delivery;

import dev.billingexport.files.OwnerOnly;
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
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.util.FileSystemUtils;

/**
 * What a delivery does to a local disk. Content is flushed when a method returns, names only after {@link #flush} of
 * their folder. Files and folders are made for their owner alone. A seam for tests, which let the process die at every
 * step.
 */
class Disk {

    /** Creates a folder and the ones above it, as far as they are missing. */
    void createFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        createFoldersAbove(folder);
        try {
            OwnerOnly.createFolder(folder);
        } catch (FileAlreadyExistsException e) {
            // Exports that start at the same minute share the folders above.
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        Path above = folder.getParent();
        if (above != null) {
            flush(above);
        }
    }

    /** Creates the folders that a file or folder will lie in. */
    void createFoldersAbove(Path path) throws IOException {
        Path above = path.getParent();
        if (above != null) {
            createFolders(above);
        }
    }

    /** Copies to a new file. */
    Checksum copy(Path source, Path target) throws IOException {
        try (FileChannel channel = create(target);
                OutputStream out = Channels.newOutputStream(channel)) {
            Checksum checksum = Checksum.ofCopy(source, out);
            channel.force(true);
            return checksum;
        }
    }

    /** Writes a new file. */
    void write(Path target, byte[] content) throws IOException {
        try (FileChannel channel = create(target)) {
            writeFully(channel, content);
            channel.force(true);
        }
    }

    /** Gives a file or folder its final name, at once; replaces a file, but never a folder with something in it. */
    void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Makes the names in a folder survive a power cut. */
    void flush(Path folder) throws IOException {
        // Windows has no such thing, and can't open a folder.
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Deletes a file, or a folder with all that is in it. */
    void delete(Path path) throws IOException {
        FileSystemUtils.deleteRecursively(path);
    }

    /** Writes a file, flushes it and reads it back, leaving nothing behind even when killed. */
    void tryOut(Path folder) throws IOException {
        byte[] written = UUID.randomUUID().toString().getBytes();
        ByteBuffer read = ByteBuffer.allocate(written.length);
        try (FileChannel channel = create(
                folder.resolve(".access-" + UUID.randomUUID()),
                StandardOpenOption.READ,
                StandardOpenOption.DELETE_ON_CLOSE)) {
            writeFully(channel, written);
            channel.force(true);
            channel.read(read, 0);
        }
        if (!Arrays.equals(written, read.array())) {
            throw new IOException("what is read is not what was written");
        }
    }

    private static FileChannel create(Path file, OpenOption... more) throws IOException {
        Set<OpenOption> options = new HashSet<>(Set.of(more));
        options.add(StandardOpenOption.CREATE_NEW);
        options.add(StandardOpenOption.WRITE);
        return OwnerOnly.open(file, options);
    }

    private static void writeFully(FileChannel channel, byte[] content) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
