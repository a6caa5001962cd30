package dev.billingexport.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Who can read new files and folders. Overrides the umask. Has no effect where the file system has no owners. */
public enum Permissions {
    /** The owner alone: 0600 and 0700. */
    OWNER("rw-------", "rwx------"),
    /** The owner, and the group for reading: 0640 and 0750. */
    GROUP("rw-r-----", "rwxr-x---");

    private final Set<PosixFilePermission> file;
    private final Set<PosixFilePermission> folder;

    Permissions(String file, String folder) {
        this.file = PosixFilePermissions.fromString(file);
        this.folder = PosixFilePermissions.fromString(folder);
    }

    /** Opens a file, existing or new, and restricts it to its owner. */
    public FileChannel open(Path path, Set<? extends OpenOption> options) throws IOException {
        narrow(path);
        FileChannel channel = FileChannel.open(path, options, attributes(path, file));
        widen(path, file);
        return channel;
    }

    /** Creates a folder; its parent must exist. */
    public void createFolder(Path path) throws IOException {
        Files.createDirectory(path, attributes(path, folder));
        widen(path, folder);
    }

    /** Grants these permissions on a folder that was created for its owner alone. */
    public void openFolder(Path path) throws IOException {
        if (isPosix(path) && Files.getPosixFilePermissions(path).equals(OWNER.folder)) {
            try {
                widen(path, folder);
            } catch (FileSystemException e) {
                // The folder belongs to another user, who decides on its permissions.
            }
        }
    }

    private void narrow(Path path) throws IOException {
        if (isPosix(path) && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            try {
                if (!file.containsAll(Files.getPosixFilePermissions(path))) {
                    Files.setPosixFilePermissions(path, file);
                }
            } catch (FileSystemException e) {
                // The file belongs to another user, who gave us access on purpose, or it was deleted just now.
            }
        }
    }

    /** Grants these permissions except for those that the umask removes. */
    private void widen(Path path, Set<PosixFilePermission> permissions) throws IOException {
        if (this != OWNER && isPosix(path)) {
            Files.setPosixFilePermissions(path, permissions);
        }
    }

    static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    FileAttribute<?>[] folderAttributes(Path path) {
        return attributes(path, folder);
    }
}
