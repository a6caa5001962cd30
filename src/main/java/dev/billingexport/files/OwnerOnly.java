package dev.billingexport.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;

/**
 * Makes files and folders that only their owner can read, whatever the umask and the folder above, where the file system
 * knows owners: they hold names and addresses of people.
 */
public final class OwnerOnly {

    private OwnerOnly() {}

    /** Opens a file that is open to nobody else then, be it new or not. */
    public static FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
        return Permissions.OWNER.open(file, options);
    }

    /** Creates a folder; the one above must be there. */
    public static void createFolder(Path folder) throws IOException {
        Permissions.OWNER.createFolder(folder);
    }

    /** Creates a folder and the ones above it, as far as they are missing. What is there keeps its permissions. */
    public static void createFolders(Path folder) throws IOException {
        // A link to a folder will do, which createDirectories itself refuses.
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, Permissions.OWNER.folderAttributes(folder));
        }
    }
}
