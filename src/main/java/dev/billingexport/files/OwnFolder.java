package dev.billingexport.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Checks that no other user can have changed the files of a folder. Needed where the files can make the program run
 * code, as a database's can. On a file system without owners only symbolic links are detected.
 */
public final class OwnFolder {

    private final UserPrincipal user;

    private OwnFolder(UserPrincipal user) {
        this.user = user;
    }

    /**
     * Checks a folder and its direct entries.
     *
     * @param names selects the entries to check
     * @throws NotOwnException if one of them is a link, belongs to another user or can be written by others
     * @throws IOException if this can't be determined, for example in a folder that can't be written to
     */
    public static void check(Path folder, Predicate<String> names) throws IOException {
        requireNoLink(folder);
        // Java has no other way to find this process's user, and not every file system stores the same one.
        Path probe = Files.createTempFile(folder, ".owner", "");
        OwnFolder own;
        try {
            own = new OwnFolder(Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS));
        } finally {
            Files.delete(probe);
        }
        own.check(folder);
        for (Path file : named(folder, names)) {
            requireNoLink(file);
            own.check(file);
        }
    }

    private static List<Path> named(Path folder, Predicate<String> names) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> names.test(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    private static void requireNoLink(Path path) throws NotOwnException {
        if (Files.isSymbolicLink(path)) {
            throw new NotOwnException(path + " is a symbolic link, which is not followed here.");
        }
    }

    private void check(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        PosixFileAttributes attributes =
                Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.owner().equals(user)) {
            throw new NotOwnException(path + " belongs to " + attributes.owner().getName() + " and not to "
                    + user.getName() + ", who runs this.");
        }
        boolean group = attributes.permissions().contains(PosixFilePermission.GROUP_WRITE) && !isPrivateGroup(path);
        if (group || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new NotOwnException(path + " can be written by others ("
                    + PosixFilePermissions.toString(attributes.permissions())
                    + "). If you trust what it holds, run: chmod go-w '" + path + "'.");
        }
    }

    /**
     * Returns whether a file's group has no other members. By convention such a group's number equals its owner's.
     * Kubernetes makes the files of a volume writable for the pod's group each time it mounts the volume.
     */
    private static boolean isPrivateGroup(Path path) throws IOException {
        return Files.getAttribute(path, "unix:gid", LinkOption.NOFOLLOW_LINKS)
                .equals(Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS));
    }

    /** Another user can have changed a file. The message names the file and the reason. */
    public static final class NotOwnException extends IOException {

        private static final long serialVersionUID = 1;

        NotOwnException(String message) {
            super(message);
        }
    }
}
