package dev.billingexport.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;

/**
 * Creates files and folders that only their owner can read, because they hold names and addresses of people. Overrides
 * the umask. Has no effect on permissions where the file system has no owners.
 */
public final class OwnerOnly {

    private OwnerOnly() {}

    /** Opens a file, existing or new, and restricts it to its owner. */
    public static FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
        return Permissions.OWNER.open(file, options);
    }

    /** Creates a folder; its parent must exist. */
    public static void createFolder(Path folder) throws IOException {
        Permissions.OWNER.createFolder(folder);
    }

    /** Creates a folder and its missing parents. Existing folders keep their permissions. */
    public static void createFolders(Path folder) throws IOException {
        // Accepts a link to a folder, which createDirectories refuses.
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, Permissions.OWNER.folderAttributes(folder));
        }
    }
}
