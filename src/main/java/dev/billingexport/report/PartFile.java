package dev.billingexport.report;

import dev.billingexport.files.FolderFlush;
import dev.billingexport.files.OwnerOnly;
import dev.billingexport.files.Sha256;
import java.io.BufferedOutputStream;
import java.io.Closeable;
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
 * A file that is being written. It has a hidden name until it is complete and flushed, so that after a kill there is
 * either nothing or the complete file under its real name.
 */
final class PartFile implements Closeable {

    private static final Set<StandardOpenOption> WRITTEN =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);

    private static final FolderFlush FOLDER_FLUSH = new FolderFlush();

    private final String name;
    private final Path target;
    private final Path part;
    private final Path temporary;
    private final FileChannel channel;
    private final MessageDigest digest = Sha256.digest();
    private final OutputStream out;

    /**
     * Creates the file and removes what an earlier kill left behind.
     *
     * @param folder an existing folder
     * @param name may contain folders, which are created
     */
    PartFile(Path folder, String name) throws IOException {
        this.name = name;
        this.target = folder.resolve(name);
        this.part = target.resolveSibling("." + target.getFileName() + ".part");
        this.temporary = target.resolveSibling("." + target.getFileName() + ".tmp");
        FileSystemUtils.deleteRecursively(temporary);
        OwnerOnly.createFolders(target.resolveSibling(""));
        this.channel = OwnerOnly.open(part, WRITTEN);
        this.out = new DigestOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16), digest);
    }

    /** Returns the stream to write to. */
    OutputStream out() {
        return out;
    }

    /** Returns the path of a folder for temporary files of this file. It may not exist yet. */
    Path temporary() {
        return temporary;
    }

    /** Flushes the file and gives it its real name. */
    RenderedFile finish(long rows) throws IOException {
        out.flush();
        channel.force(true);
        RenderedFile file =
                new RenderedFile(name, channel.size(), HexFormat.of().formatHex(digest.digest()), rows);
        channel.close();
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        FOLDER_FLUSH.flush(target.resolveSibling(""));
        return file;
    }

    /** Removes everything that was not finished. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(part);
        FileSystemUtils.deleteRecursively(temporary);
    }
}
