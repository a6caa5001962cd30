package dev.billingexport.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Makes files and folders that only their owner can read, whatever the umask and the folder above, where the file system
 * knows owners: they hold names and addresses of people.
 */
public final class OwnerOnly {

    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private OwnerOnly() {}

    /** Opens a file that is open to nobody else then, be it new or not. */
    public static FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
        takeBack(file);
        return FileChannel.open(file, options, attributes(file, FILE));
    }

    /** Creates a folder; the one above must be there. */
    public static void createFolder(Path folder) throws IOException {
        Files.createDirectory(folder, attributes(folder, FOLDER));
    }

    /** Creates a folder and the ones above it, as far as they are missing. What is there keeps its permissions. */
    public static void createFolders(Path folder) throws IOException {
        // A link to a folder will do, which createDirectories itself refuses.
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, attributes(folder, FOLDER));
        }
    }

    private static void takeBack(Path file) throws IOException {
        if (isPosix(file) && Files.exists(file) && !FILE.containsAll(Files.getPosixFilePermissions(file))) {
            try {
                Files.setPosixFilePermissions(file, FILE);
            } catch (FileSystemException e) {
                // It is somebody else's, who has let us in on purpose.
            }
        }
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
