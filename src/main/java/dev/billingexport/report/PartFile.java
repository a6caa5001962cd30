package dev.billingexport.report;

import dev.billingexport.files.OwnerOnly;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import org.springframework.util.FileSystemUtils;

/**
 * A file in the making. It has a hidden name until it is whole and on the disk, so that a kill leaves either nothing or
 * everything under its real one. What an earlier kill left behind is swept.
 *
 * @param folder an existing folder
 * @param name may lead to folders further down, which are made
 */
record PartFile(Path folder, String name) {

    private static final Set<StandardOpenOption> WRITTEN =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);

    /** Writes a file's bytes and returns its rows; the folder for temporary files is its own, and need not exist yet. */
    interface Content {
        long write(OutputStream out, Path temporary) throws IOException;
    }

    RenderedFile write(Content content) throws IOException {
        Path target = folder.resolve(name);
        Path part = target.resolveSibling("." + target.getFileName() + ".part");
        Path temporary = target.resolveSibling("." + target.getFileName() + ".tmp");
        FileSystemUtils.deleteRecursively(temporary);
        try {
            OwnerOnly.createFolders(target.resolveSibling(""));
            RenderedFile file = fill(part, temporary, content);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            flush(target.resolveSibling(""));
            return file;
        } catch (IOException e) {
            throw new IOException(
                    "Could not write " + name + " into " + folder + ": " + e.getMessage()
                            + ". What was collected is safe and no half file was left in its place:"
                            + " see to the folder (space, rights), then resume.",
                    e);
        } finally {
            Files.deleteIfExists(part);
            FileSystemUtils.deleteRecursively(temporary);
        }
    }

    private RenderedFile fill(Path part, Path temporary, Content content) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (FileChannel channel = OwnerOnly.open(part, WRITTEN)) {
            OutputStream out = new DigestOutputStream(
                    new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16), digest);
            long rows = content.write(out, temporary);
            out.flush();
            channel.force(true);
            return new RenderedFile(name, channel.size(), HexFormat.of().formatHex(digest.digest()), rows);
        }
    }

    /** Makes the new name survive a power cut. Windows has no such call, and needs none. */
    private static void flush(Path folder) throws IOException {
        if (File.separatorChar == '/') {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
